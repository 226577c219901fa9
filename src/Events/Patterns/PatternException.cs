namespace Analytics.Events.Patterns;

/// <summary>A pattern is not valid. The message is one line: where, what was found and what is expected.</summary>
public sealed class PatternException : FormatException
{
    /// <summary>Makes the exception for the fault at <paramref name="path"/>.</summary>
    public PatternException(string path, string fault)
        : base(path.Length == 0 ? fault : $"{path}: {fault}")
    {
        Path = path;
        Fault = fault;
    }

    /// <summary>Where the fault is, from the top of the pattern, for example <c>amount[0].numeric[1]</c>; empty for the top itself.</summary>
    public string Path { get; }

    /// <summary>What is wrong and what is expected, without the path.</summary>
    public string Fault { get; }
}
