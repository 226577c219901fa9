namespace Analytics.Local.Template.Syntax;

/// <summary>A template that cannot be deployed here: one line with the file, the line and the path in it.</summary>
public sealed class TemplateException(string message) : LocalDeploymentException(message)
{
    internal TemplateException(TemplateNode where, string what)
        : this($"{where.Location}: {(where.Path.Length == 0 ? "" : where.Path + ": ")}{what}")
    {
    }
}
