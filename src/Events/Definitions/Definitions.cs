namespace Analytics.Events.Definitions;

/// <summary>What to count and what to alert on: definitions.json, read and checked.</summary>
public sealed record Definitions
{
    /// <summary>The file's usual name.</summary>
    public const string FileName = "definitions.json";

    /// <summary>The counters, in the file's order; may be empty.</summary>
    public required IReadOnlyList<CounterDefinition> Counters { get; init; }

    /// <summary>The alerts, in the file's order; may be empty.</summary>
    public required IReadOnlyList<AlertDefinition> Alerts { get; init; }

    /// <summary>Reads definitions from UTF-8 JSON.</summary>
    /// <exception cref="DefinitionsException">They are not valid; the message names the path of the fault.</exception>
    public static Definitions Parse(ReadOnlySpan<byte> utf8Json) => throw new NotImplementedException();

    /// <summary>Reads definitions from a file.</summary>
    /// <exception cref="DefinitionsException">The file cannot be read, or is not valid.</exception>
    public static Definitions Load(string path) => throw new NotImplementedException();
}
