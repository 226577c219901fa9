namespace Analytics.Events.Patterns;

/// <summary>The exception thrown for an invalid pattern. The message is one line: the path, what was found and what is expected.</summary>
public sealed class PatternException : FormatException
{
    /// <summary>Creates the exception for the error at <paramref name="path"/>.</summary>
    public PatternException(string path, string fault)
        : base(path.Length == 0 ? fault : $"{path}: {fault}")
    {
        Path = path;
        Fault = fault;
    }

    /// <summary>The path of the error from the top of the pattern, for example <c>amount[0].numeric[1]</c>; empty for the top itself.</summary>
    public string Path { get; }

    /// <summary>The error and what is expected, without the path.</summary>
    public string Fault { get; }
}
