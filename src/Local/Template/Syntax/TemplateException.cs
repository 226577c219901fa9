namespace Analytics.Local.Template.Syntax;

/// <summary>The exception thrown for a template that cannot be deployed here. The message is one line with the file, line and path.</summary>
public sealed class TemplateException(string message) : LocalDeploymentException(message)
{
    internal TemplateException(TemplateNode where, string what)
        : this($"{where.Location}: {(where.Path.Length == 0 ? "" : where.Path + ": ")}{what}")
    {
    }
}
