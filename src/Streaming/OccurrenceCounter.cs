using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Analytics.Streaming;

/// <summary>Numbers the user records of a sequence number by fingerprint.</summary>
public sealed class OccurrenceCounter
{
    private readonly Dictionary<ulong, int> _counts;

    /// <summary>Creates an empty counter.</summary>
    public OccurrenceCounter() => _counts = new Dictionary<ulong, int>(Comparer.Instance);

    private OccurrenceCounter(OccurrenceCounter other) => _counts = new Dictionary<ulong, int>(other._counts, Comparer.Instance);

    /// <summary>The number of user records counted.</summary>
    public int Total { get; private set; }

    /// <summary>Counts a user record.</summary>
    /// <returns>Its occurrence: 0 for the first with that fingerprint.</returns>
    public int Next(ulong fingerprint)
    {
        Total++;
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, fingerprint, out _);
        return count++;
    }

    /// <summary>Returns the number of counted user records with a fingerprint.</summary>
    public int GetCount(ulong fingerprint) => _counts.GetValueOrDefault(fingerprint);

    /// <summary>Clears the counter for the next sequence number.</summary>
    public void Clear()
    {
        Total = 0;
        _counts.Clear();
    }

    /// <summary>Returns an independent copy.</summary>
    public OccurrenceCounter Copy() => new(this) { Total = Total };

    /// <summary>Producers choose fingerprints, so hash table positions must not be predictable from them.</summary>
    private sealed class Comparer : IEqualityComparer<ulong>
    {
        public static readonly Comparer Instance = new();

        private readonly ulong _multiplier = (ulong)Random.Shared.NextInt64() | 1;

        public bool Equals(ulong x, ulong y) => x == y;

        public int GetHashCode([DisallowNull] ulong fingerprint) => (int)((fingerprint * _multiplier) >> 32);
    }
}
