namespace Analytics.Dashboard.Controls;

/// <summary><c>producer</c>: the state of the page's producer.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Sent">Number of events accepted by the stream.</param>
/// <param name="Malformed">Number of malformed records among them.</param>
/// <param name="Faults">The faults that can be injected.</param>
/// <param name="Trouble">The reason why it does not send, or null.</param>
public sealed record ProducerState(ProducerSettings Settings, long Sent, long Malformed, IReadOnlyList<string> Faults, string? Trouble);

/// <summary>The settings of the page's producer.</summary>
public sealed record ProducerSettings
{
    /// <summary>The maximum rate in events per second.</summary>
    public const int MaxRate = 5_000;

    /// <summary>The rate in events per second, from 0 to <see cref="MaxRate"/>.</summary>
    public int Rate { get; init; }

    /// <summary>The weights of the dialects by name, from 0 to 100.</summary>
    public IReadOnlyDictionary<string, int> Mix { get; init; } = new Dictionary<string, int>();

    /// <summary>The percentage of malformed records.</summary>
    public int MalformedPercent { get; init; }

    /// <summary>The percentage of records with the same partition key.</summary>
    public int HotKeyPercent { get; init; }
}
