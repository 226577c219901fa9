namespace Analytics.Events.Patterns;

/// <summary>An event pattern.</summary>
public sealed class Pattern
{
    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="PatternException">It is not a pattern; the message names the path of the fault.</exception>
    public static Pattern Parse(ReadOnlySpan<byte> utf8, PatternTarget target) => throw new NotImplementedException();

    /// <summary>Whether the event matches.</summary>
    public bool Matches(in Event @event) => throw new NotImplementedException();

    /// <summary>Whether the Kinesis record matches.</summary>
    public bool MatchesRecord(in PatternRecord record) => throw new NotImplementedException();
}
