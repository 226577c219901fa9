namespace Analytics.Events.Definitions;

/// <summary>An error and its path, thrown internally; <see cref="DefinitionsException"/> adds the file.</summary>
internal sealed class DefinitionsFault(string path, string fault) : Exception(fault)
{
    public string Path => path;
}
