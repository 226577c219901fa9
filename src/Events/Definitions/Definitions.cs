using System.Text.Json;

namespace Analytics.Events.Definitions;

/// <summary>The counters and alert rules of definitions.json, parsed and validated.</summary>
public sealed record Definitions
{
    /// <summary>The default file name.</summary>
    public const string FileName = "definitions.json";

    /// <summary>The counters in the file's order; may be empty.</summary>
    public required IReadOnlyList<CounterDefinition> Counters { get; init; }

    /// <summary>The alert rules in the file's order; may be empty.</summary>
    public required IReadOnlyList<AlertRule> Alerts { get; init; }

    /// <summary>The JSON that was parsed, in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Source { get; init; }

    /// <summary>Parses definitions from UTF-8 JSON.</summary>
    /// <exception cref="DefinitionsException">They are invalid; the message names the path of the error.</exception>
    public static Definitions Parse(ReadOnlySpan<byte> utf8Json) => Parse(utf8Json, FileName);

    /// <summary>Loads definitions from a file.</summary>
    /// <exception cref="DefinitionsException">The file cannot be read or is invalid.</exception>
    public static Definitions Load(string path)
    {
        byte[] utf8Json;
        try
        {
            utf8Json = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // A separate message, because a native executable has no resource strings for the framework's exceptions.
            throw new DefinitionsException($"{path}: there is no such file", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DefinitionsException($"{path}: cannot be read: {exception.Message}", exception);
        }

        return Parse(utf8Json, path);
    }

    private static Definitions Parse(ReadOnlySpan<byte> utf8Json, string source)
    {
        if (utf8Json.StartsWith("\uFEFF"u8))
        {
            utf8Json = utf8Json["\uFEFF"u8.Length..];
        }

        try
        {
            return DefinitionsParser.Parse(utf8Json);
        }
        catch (DefinitionsFault fault)
        {
            throw new DefinitionsException(fault.Path.Length == 0 ? $"{source}: {fault.Message}" : $"{source}: {fault.Path}: {fault.Message}", fault);
        }
        catch (JsonException exception)
        {
            throw new DefinitionsException(
                $"{source}: not valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.", exception);
        }
    }
}
