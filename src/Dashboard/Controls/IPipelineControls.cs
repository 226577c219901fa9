namespace Analytics.Dashboard.Controls;

/// <summary>What the page can do to a pipeline on this machine.</summary>
public interface IPipelineControls
{
    /// <summary>What the producer sends and has sent, and what can be done.</summary>
    ProducerState State { get; }

    /// <summary>Sets what the producer sends from now on.</summary>
    void Set(ProducerSettings settings);

    /// <summary>Sends some events of a kind at once.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task SendAsync(BurstKind kind, CancellationToken cancellationToken);

    /// <summary>Splits a shard, or merges two.</summary>
    /// <param name="isSplit">Whether to split.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A sentence on what was done.</returns>
    Task<string> ReshardAsync(bool isSplit, CancellationToken cancellationToken);

    /// <summary>Injects a fault.</summary>
    /// <param name="fault">One of <see cref="ProducerState.Faults"/>.</param>
    /// <returns>A sentence on what will happen.</returns>
    string Inject(string fault);
}

/// <summary>Events that are sent at once.</summary>
public enum BurstKind
{
    /// <summary>Two hundred errors of one code.</summary>
    ErrorSpike,

    /// <summary>Ten malformed records.</summary>
    Malformed,

    /// <summary>A purchase above 500.</summary>
    HighValueOrder,
}
