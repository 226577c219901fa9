namespace Analytics.Cli.Shared.Redelivery;

/// <summary>What became of records that were given to a function again.</summary>
/// <param name="Delivered">How many of them, from the first, the function took.</param>
/// <param name="Error">Why the next one was not taken; null when all were.</param>
internal readonly record struct DeliveryResult(int Delivered, string? Error);
