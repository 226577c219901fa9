namespace Analytics.Detection;

/// <summary>
/// The usual value by the time within a period: a day or a week. The mean of each visit to a slot enters the slot's value, so that a slot
/// remembers a number of visits, however many points each has; between the slots' centres the profile is linear.
/// </summary>
internal sealed class SeasonalProfile
{
    private readonly TimeSpan _period;
    private readonly int _memory;
    private readonly float[] _values;
    private readonly byte[] _visits;

    /// <summary>Creates an empty profile.</summary>
    /// <param name="period">The period.</param>
    /// <param name="slots">The number of slots in the period.</param>
    /// <param name="memory">The number of visits that a slot remembers.</param>
    public SeasonalProfile(TimeSpan period, int slots, int memory)
    {
        _period = period;
        _memory = memory;
        _values = new float[slots];
        _visits = new byte[slots];
    }

    /// <summary>The slots' values.</summary>
    public Span<float> Values => _values;

    /// <summary>The number of visits that each slot's value comes from, up to the memory.</summary>
    public Span<byte> Visits => _visits;

    /// <summary>The number of visits that a slot remembers.</summary>
    public int Memory => _memory;

    /// <summary>The slot of the latest point.</summary>
    public int CurrentSlot { get; set; }

    /// <summary>The sum of the points of the current visit.</summary>
    public double CurrentSum { get; set; }

    /// <summary>The number of points of the current visit.</summary>
    public double CurrentCount { get; set; }

    /// <summary>Gets the usual value at a time.</summary>
    /// <param name="time">The time.</param>
    /// <param name="value">The usual value.</param>
    /// <returns><see langword="true"/> if the time's slot was visited before.</returns>
    public bool TryGet(DateTimeOffset time, out double value)
    {
        var position = GetPosition(time);
        var slot = (int)position;
        value = _values[slot];
        if (_visits[slot] == 0)
        {
            return false;
        }

        var fraction = position - slot - 0.5;
        var neighbour = (slot + (fraction < 0 ? _values.Length - 1 : 1)) % _values.Length;
        if (_visits[neighbour] > 0)
        {
            value += Math.Abs(fraction) * (_values[neighbour] - value);
        }

        return true;
    }

    /// <summary>Learns a point.</summary>
    /// <param name="time">The time.</param>
    /// <param name="value">The value.</param>
    public void Learn(DateTimeOffset time, double value)
    {
        var slot = (int)GetPosition(time);
        if (slot != CurrentSlot)
        {
            CompleteVisit();
            CurrentSlot = slot;
        }

        CurrentSum += value;
        CurrentCount++;
    }

    private void CompleteVisit()
    {
        if (CurrentCount > 0)
        {
            ref var value = ref _values[CurrentSlot];
            ref var visits = ref _visits[CurrentSlot];
            visits = (byte)Math.Min(visits + 1, _memory);
            value += (float)(((CurrentSum / CurrentCount) - value) / visits);
        }

        CurrentSum = 0;
        CurrentCount = 0;
    }

    // 0001-01-01 was a Monday, so a week's slots begin on Monday at 00:00 UTC.
    private double GetPosition(DateTimeOffset time) => time.UtcTicks % _period.Ticks / (double)_period.Ticks * _values.Length;
}
