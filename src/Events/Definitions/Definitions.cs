using System.Text.Json;

namespace Analytics.Events.Definitions;

/// <summary>What to count and what to alert on: definitions.json, read and checked.</summary>
public sealed record Definitions
{
    /// <summary>The file's usual name.</summary>
    public const string FileName = "definitions.json";

    /// <summary>The counters, in the file's order; may be empty.</summary>
    public required IReadOnlyList<CounterDefinition> Counters { get; init; }

    /// <summary>The rules of the alerts, in the file's order; may be empty.</summary>
    public required IReadOnlyList<AlertRule> Alerts { get; init; }

    /// <summary>The JSON that they were read from, in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Source { get; init; }

    /// <summary>Reads definitions from UTF-8 JSON.</summary>
    /// <exception cref="DefinitionsException">They are not valid; the message names the path of the fault.</exception>
    public static Definitions Parse(ReadOnlySpan<byte> utf8Json) => Parse(utf8Json, FileName);

    /// <summary>Reads definitions from a file.</summary>
    /// <exception cref="DefinitionsException">The file cannot be read, or is not valid.</exception>
    public static Definitions Load(string path)
    {
        byte[] utf8Json;
        try
        {
            utf8Json = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // In words of its own: a native executable carries no texts of the framework's exceptions.
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
