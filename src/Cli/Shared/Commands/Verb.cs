using System.CommandLine;

namespace Analytics.Cli.Shared.Commands;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">The command's name.</param>
/// <param name="description">The description, one line.</param>
/// <param name="examples">Complete command lines, one line each.</param>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Complete command lines, in the order of the help.</summary>
    public IReadOnlyList<string> Examples => examples;
}
