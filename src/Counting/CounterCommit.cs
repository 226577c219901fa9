using Analytics.Streaming;

namespace Analytics.Counting;

/// <summary>What became of a fold.</summary>
/// <param name="Result">Everything is written, or the lowest sequence number of what is not.</param>
/// <param name="Writes">The writes of partials that it took, refused ones included.</param>
public readonly record struct CounterCommit(CommitResult Result, int Writes);
