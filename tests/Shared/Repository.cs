namespace Analytics.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    // .../bin/<Configuration>/net10.0/
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Its root folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>The template.</summary>
    public static string Template { get; } = Path.Combine(Root, "template.yaml");

    /// <summary>The command, in the configuration that the tests were built in.</summary>
    public static string Command { get; } = Built("Cli", "analytics");

    /// <summary>The build output of a project under src/, in the configuration of the tests.</summary>
    public static string Built(string project, string file) => Path.Combine(Root, "src", project, "bin", Configuration, "net10.0", file);

    /// <summary>A file's text, by its path from the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Analytics.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("the tests do not run below the repository");
    }
}
