using Analytics.Cli.Presentation;

namespace Analytics.Cli;

/// <summary>What every command is given.</summary>
/// <param name="Terminal">Where it writes.</param>
/// <param name="Clock">The time.</param>
/// <param name="Folder">The folder that relative paths are relative to, and that holds the work folder <c>.analytics</c>.</param>
internal sealed record CommandContext(Terminal Terminal, TimeProvider Clock, string Folder)
{
    /// <summary>The folder for what the command keeps: state, logs, the local services' data.</summary>
    public string WorkFolder => Path.Combine(Folder, ".analytics");

    /// <summary>A path that the user gave, made absolute.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, Folder);
}
