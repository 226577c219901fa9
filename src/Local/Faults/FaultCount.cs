namespace Analytics.Local.Faults;

/// <summary>The number of faults of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Planned">The planned number.</param>
/// <param name="Injected">The injected number.</param>
public readonly record struct FaultCount(FaultKind Kind, int Planned, int Injected);
