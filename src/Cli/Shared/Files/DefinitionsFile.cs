using Analytics.Cli.Shared.Commands;
using Analytics.Events.Definitions;

namespace Analytics.Cli.Shared.Files;

/// <summary>Finds the definitions that the functions are built with.</summary>
internal static class DefinitionsFile
{
    /// <summary>definitions.json beside the template or above it, or above this program.</summary>
    /// <exception cref="UserException">There is none, or it is not valid.</exception>
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

        throw new UserException($"there is no {Definitions.FileName} in {Path.GetDirectoryName(templateFile)}, in a folder above it, or above this program: it says what is counted. Work in a checkout of the project.");
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
