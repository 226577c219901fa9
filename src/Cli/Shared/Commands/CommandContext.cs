using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Shared.Commands;

/// <summary>What every command is given.</summary>
/// <param name="Terminal">Where it writes.</param>
/// <param name="Clock">The time.</param>
/// <param name="Folder">The current folder: relative paths are relative to it.</param>
internal sealed record CommandContext(Terminal Terminal, TimeProvider Clock, string Folder)
{
    private const string TemplateName = "template.yaml";

    /// <summary>The template: in the current folder, or in the nearest above that has one. In the current folder also when none has.</summary>
    public string TemplateFile { get; } = Path.Combine(ProjectFolder(Folder), TemplateName);

    /// <summary>The folder beside the template for what the command keeps: state, builds, logs, the local services' data.</summary>
    public string WorkFolder { get; } = Path.Combine(ProjectFolder(Folder), ".analytics");

    /// <summary>Opens standard input.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;

    /// <summary>A path that the user gave, made absolute.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, Folder);

    private static string ProjectFolder(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            if (File.Exists(Path.Combine(current.FullName, TemplateName)))
            {
                return current.FullName;
            }
        }

        return folder;
    }
}
