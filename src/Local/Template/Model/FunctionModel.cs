using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template.Model;

/// <summary>A Lambda function.</summary>
/// <param name="LogicalId">The logical ID in the template.</param>
/// <param name="Name">The name.</param>
/// <param name="CodeUri">The folder or zip of its code, relative to the template.</param>
/// <param name="Handler">The handler.</param>
/// <param name="Runtime">As <c>provided.al2023</c>.</param>
/// <param name="MemorySize">In MB.</param>
/// <param name="Timeout">The timeout of an invocation.</param>
/// <param name="Environment">The template's variables.</param>
/// <param name="BuildMethod">Metadata's BuildMethod, such as <c>makefile</c>.</param>
/// <param name="Declaration">The location of the declaration, for messages.</param>
/// <param name="ReservedConcurrency">The maximum number of concurrent invocations, or null.</param>
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
