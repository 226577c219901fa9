namespace Analytics.Dashboard.Controls;

/// <summary>The controls of the page for a pipeline on this machine.</summary>
public interface IPipelineControls
{
    /// <summary>The state of the producer, and the available faults.</summary>
    ProducerState State { get; }

    /// <summary>Changes the producer's settings.</summary>
    void Set(ProducerSettings settings);

    /// <summary>Sends events of a kind at once.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task SendAsync(BurstKind kind, CancellationToken cancellationToken);

    /// <summary>Splits a shard, or merges two.</summary>
    /// <param name="isSplit">Whether to split.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A message on the result.</returns>
    Task<string> ReshardAsync(bool isSplit, CancellationToken cancellationToken);

    /// <summary>Injects a fault.</summary>
    /// <param name="fault">One of <see cref="ProducerState.Faults"/>.</param>
    /// <returns>A message on the fault.</returns>
    string Inject(string fault);
}

/// <summary>Kinds of events that are sent at once.</summary>
public enum BurstKind
{
    /// <summary>200 errors with the same code.</summary>
    ErrorSpike,

    /// <summary>Ten malformed records.</summary>
    Malformed,

    /// <summary>A purchase above 500.</summary>
    HighValueOrder,
}
