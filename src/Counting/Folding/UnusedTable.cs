using Analytics.Events.Definitions;

namespace Analytics.Counting.Folding;

/// <summary>Counts the values that are not used, by counter and reason. Nothing is allocated until there is one.</summary>
internal sealed class UnusedTable(PlannedCounter[] counters)
{
    private static readonly UnusedReason[] Reasons = Enum.GetValues<UnusedReason>();

    private long[] _counts = [];

    /// <summary>Adds one value.</summary>
    public void Add(int counter, UnusedReason reason)
    {
        if (_counts.Length == 0)
        {
            _counts = new long[counters.Length * Reasons.Length];
        }

        _counts[(counter * Reasons.Length) + (int)reason]++;
    }

    /// <summary>Adds what a field holds that is no usable number; an absent one is nothing.</summary>
    public void Add(int counter, FieldNumber number)
    {
        if (number != FieldNumber.Absent)
        {
            Add(counter, number == FieldNumber.NotANumber ? UnusedReason.NotANumber : UnusedReason.OutOfRange);
        }
    }

    /// <summary>Gets the values that are not used, in the order of the definitions and of the reasons.</summary>
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
