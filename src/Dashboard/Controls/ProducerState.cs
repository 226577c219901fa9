namespace Analytics.Dashboard.Controls;

/// <summary><c>producer</c>: what the page's producer sends, and has sent.</summary>
/// <param name="Settings">What it sends.</param>
/// <param name="Sent">Events that the stream took from it.</param>
/// <param name="Malformed">Malformed records among them.</param>
/// <param name="Faults">The faults that can be injected.</param>
/// <param name="Trouble">Why it does not send, or null.</param>
public sealed record ProducerState(ProducerSettings Settings, long Sent, long Malformed, IReadOnlyList<string> Faults, string? Trouble);

/// <summary>What the page's producer sends.</summary>
public sealed record ProducerSettings
{
    /// <summary>The most events a second.</summary>
    public const int MaxRate = 5_000;

    /// <summary>Events a second, from 0 to <see cref="MaxRate"/>.</summary>
    public int Rate { get; init; }

    /// <summary>The share of each dialect by its name, as weights from 0 to 100.</summary>
    public IReadOnlyDictionary<string, int> Mix { get; init; } = new Dictionary<string, int>();

    /// <summary>Malformed records in a hundred.</summary>
    public int MalformedPercent { get; init; }

    /// <summary>Records in a hundred that have one and the same partition key.</summary>
    public int HotKeyPercent { get; init; }
}
