namespace Analytics.Cli.Shared.Targets;

/// <summary>A function's response.</summary>
/// <param name="Payload">The response or error as JSON.</param>
/// <param name="Error">The kind of error, such as <c>Unhandled</c>, or null if there was none.</param>
/// <param name="Log">A sentence with the location of the log.</param>
internal readonly record struct FunctionAnswer(ReadOnlyMemory<byte> Payload, string? Error, string Log);
