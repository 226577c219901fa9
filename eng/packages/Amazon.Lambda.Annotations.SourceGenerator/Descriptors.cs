using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>The diagnostics of the generator.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor NotCallable = Error(
        "LAF0001", "The handler method cannot be called", "'{0}' cannot be a Lambda handler: {1}");

    public static readonly DiagnosticDescriptor Parameters = Error(
        "LAF0002", "The handler's parameters are not supported", "'{0}' cannot be a Lambda handler: {1}");

    public static readonly DiagnosticDescriptor ReturnType = Error(
        "LAF0003", "The handler's return type is not supported", "'{0}' cannot be a Lambda handler: it returns '{1}'; return void, Task, Task<T> or a value");

    public static readonly DiagnosticDescriptor NoSerializer = Error(
        "LAF0004", "No serializer is named", "'{0}' takes or returns JSON: name a serializer with [assembly: LambdaSerializer(typeof(...))]");

    public static readonly DiagnosticDescriptor SameName = Error(
        "LAF0005", "Two handlers have the same name", "There is more than one handler '{0}': ANNOTATIONS_HANDLER could not tell them apart; rename one");

    public static readonly DiagnosticDescriptor SeveralStartups = Error(
        "LAF0006", "More than one startup class", "'{0}' and '{1}' are both marked [LambdaStartup]: there can be one");

    public static readonly DiagnosticDescriptor Startup = Error(
        "LAF0007", "The startup class cannot be used", "'{0}' cannot be the startup class: {1}");

    public static readonly DiagnosticDescriptor FunctionClass = Error(
        "LAF0008", "The function's class cannot be made", "'{0}' cannot be made: {1}");

    public static readonly DiagnosticDescriptor NotExecutable = Error(
        "LAF0009", "GenerateMain in a project that is not executable", "GenerateMain is set, but the project is not executable: set OutputType to Exe");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Lambda", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
