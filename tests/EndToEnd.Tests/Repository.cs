namespace Analytics.EndToEnd.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its root folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>The template.</summary>
    public static string Template { get; } = Path.Combine(Root, "template.yaml");

    /// <summary>The command, in the configuration that the tests were built in.</summary>
    public static string Command { get; } = Path.Combine(Root, "src/Cli/bin", Configuration(), "net10.0/analytics");

    // .../bin/<Configuration>/net10.0/
    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

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
