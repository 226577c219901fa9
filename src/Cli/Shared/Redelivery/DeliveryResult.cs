namespace Analytics.Cli.Shared.Redelivery;

/// <summary>The result of redelivering records to a function.</summary>
/// <param name="Delivered">Number of records that the function processed, from the first on.</param>
/// <param name="Error">The reason why the next record was not processed, or null if all were.</param>
internal readonly record struct DeliveryResult(int Delivered, string? Error);
