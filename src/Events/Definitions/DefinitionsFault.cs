namespace Analytics.Events.Definitions;

/// <summary>What is wrong and where, on its way to the <see cref="DefinitionsException"/> that adds the file.</summary>
internal sealed class DefinitionsFault(string path, string fault) : Exception(fault)
{
    public string Path => path;
}
