namespace Analytics.Local.Faults;

/// <summary>How many faults of a kind there were.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Planned">How many were asked for.</param>
/// <param name="Injected">How many came about.</param>
public readonly record struct FaultCount(FaultKind Kind, int Planned, int Injected);
