using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template.Model;

/// <summary>A Lambda function.</summary>
/// <param name="LogicalId">Its key in the template.</param>
/// <param name="Name">Its name.</param>
/// <param name="CodeUri">The folder or zip of its code, relative to the template.</param>
/// <param name="Handler">The handler as the runtime wants it.</param>
/// <param name="Runtime">As <c>provided.al2023</c>.</param>
/// <param name="MemorySize">In MB.</param>
/// <param name="Timeout">The most that an invocation may take.</param>
/// <param name="Environment">The template's variables.</param>
/// <param name="BuildMethod">Metadata's BuildMethod, such as <c>makefile</c>.</param>
/// <param name="Declaration">Where it is declared, for messages.</param>
/// <param name="ReservedConcurrency">How many invocations may run at a time, or null.</param>
internal sealed record FunctionModel(
    string LogicalId,
    string Name,
    string CodeUri,
    string Handler,
    string Runtime,
    int MemorySize,
    TimeSpan Timeout,
    IReadOnlyDictionary<string, string> Environment,
    string? BuildMethod,
    TemplateLocation Declaration,
    int? ReservedConcurrency = null) : ResourceModel(LogicalId);
