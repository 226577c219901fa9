namespace Analytics.Cli.Shared.Targets;

/// <summary>What a function answered.</summary>
/// <param name="Payload">Its answer, or its error, as JSON.</param>
/// <param name="Error">The kind of error, such as <c>Unhandled</c>; null when there was none.</param>
/// <param name="Log">A sentence on where its log is.</param>
internal readonly record struct FunctionAnswer(ReadOnlyMemory<byte> Payload, string? Error, string Log);
