using Analytics.Cli.Shared.Commands;
using Analytics.Events.Definitions;

namespace Analytics.Cli.Shared.Files;

/// <summary>Loads the definitions that the functions are built with.</summary>
internal static class DefinitionsFile
{
    /// <summary>Loads definitions.json from the template's folder, a folder above it, or a folder above this program.</summary>
    /// <exception cref="UserException">The file is missing or invalid.</exception>
    public static Definitions Load(string templateFile)
    {
        foreach (var start in (string[])[Path.GetDirectoryName(templateFile)!, AppContext.BaseDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var file = Path.Combine(folder.FullName, Definitions.FileName);
                if (File.Exists(file))
                {
                    return LoadFile(file);
                }
            }
        }

        throw new UserException($"there is no {Definitions.FileName} in {Path.GetDirectoryName(templateFile)}, in a folder above it, or above this program. Run the command in a checkout of the project.");
    }

    private static Definitions LoadFile(string file)
    {
        try
        {
            return Definitions.Load(file);
        }
        catch (DefinitionsException e)
        {
            throw new UserException($"{file} is not valid: {e.Message}", e);
        }
    }
}
