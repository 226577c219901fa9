namespace Analytics.Local.Template.Syntax;

/// <summary>A location in a template file.</summary>
/// <param name="File">The file name as given by the user.</param>
/// <param name="Line">The line, from 1.</param>
internal readonly record struct TemplateLocation(string File, long Line)
{
    public override string ToString() => $"{File}:{Line}";
}
