namespace Analytics.Detection;

/// <summary>
/// The largest values of a statistic on each side of zero. A new record shows how unusual the statistic is without assumptions about
/// its distribution: among n exchangeable values, the last is the largest with probability 1/n.
/// </summary>
internal struct LargestValues
{
    /// <summary>The largest positive value.</summary>
    public double Up { get; set; }

    /// <summary>The largest negative value, without its sign.</summary>
    public double Down { get; set; }

    /// <summary>Measures by how much a value exceeds the record of its side.</summary>
    /// <param name="value">The value.</param>
    /// <param name="floor">The minimum record.</param>
    /// <returns>The logarithm of the value's ratio to the record; 0 if it is no record.</returns>
    public readonly double GetExcess(double value, double floor)
    {
        var record = Math.Max(value < 0 ? Down : Up, floor);
        var size = Math.Abs(value);
        return size > record ? Math.Log(size / record) : 0;
    }

    /// <summary>Decays the records, and raises that of the value's side.</summary>
    /// <param name="value">The value.</param>
    /// <param name="floor">The minimum record.</param>
    /// <param name="retained">The fraction of a record that is retained from one point to the next.</param>
    /// <param name="growth">The largest ratio of the new record to the old one.</param>
    public void Learn(double value, double floor, double retained, double growth)
    {
        Up *= retained;
        Down *= retained;
        if (value > Up)
        {
            Up = Math.Min(value, Math.Max(Up, floor) * growth);
        }
        else if (-value > Down)
        {
            Down = Math.Min(-value, Math.Max(Down, floor) * growth);
        }
    }
}
