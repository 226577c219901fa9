using Analytics.Events.Definitions;

namespace Analytics.Counting.Folding;

/// <summary>Counts unused values by counter and reason. Allocates only if there are any.</summary>
internal sealed class UnusedTable(PlannedCounter[] counters)
{
    private static readonly UnusedReason[] Reasons = Enum.GetValues<UnusedReason>();

    private long[] _counts = [];

    /// <summary>Adds a value.</summary>
    public void Add(int counter, UnusedReason reason)
    {
        if (_counts.Length == 0)
        {
            _counts = new long[counters.Length * Reasons.Length];
        }

        _counts[(counter * Reasons.Length) + (int)reason]++;
    }

    /// <summary>Adds a field's value that is not a usable number; a missing field is ignored.</summary>
    public void Add(int counter, FieldNumber number)
    {
        if (number != FieldNumber.Absent)
        {
            Add(counter, number == FieldNumber.NotANumber ? UnusedReason.NotANumber : UnusedReason.OutOfRange);
        }
    }

    /// <summary>Gets the unused values in the order of definitions and reasons.</summary>
    public IReadOnlyList<UnusedValues> ToList()
    {
        var unused = new List<UnusedValues>();
        for (var index = 0; index < _counts.Length; index++)
        {
            if (_counts[index] > 0)
            {
                unused.Add(new UnusedValues(counters[index / Reasons.Length].Definition.Name, Reasons[index % Reasons.Length], _counts[index]));
            }
        }

        return unused;
    }
}
