using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Shared.Commands;

/// <summary>The environment of a command.</summary>
/// <param name="Terminal">The terminal to write to.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Folder">The current folder, to which relative paths refer.</param>
internal sealed record CommandContext(Terminal Terminal, TimeProvider Clock, string Folder)
{
    private const string TemplateName = "template.yaml";

    /// <summary>Path of template.yaml in the current folder or the nearest one above; in the current folder if there is none.</summary>
    public string TemplateFile { get; } = Path.Combine(ProjectFolder(Folder), TemplateName);

    /// <summary>The command's working folder next to the template: state, builds, logs, data of the local services.</summary>
    public string WorkFolder { get; } = Path.Combine(ProjectFolder(Folder), ".analytics");

    /// <summary>Opens standard input.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Returns the absolute form of a path that the user gave.</summary>
    public string GetFullPath(string path) => Path.GetFullPath(path, Folder);

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
