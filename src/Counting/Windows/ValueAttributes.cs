using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Sketches;
using Analytics.Counting.Storage;
using Analytics.Counting.Tallies;
using Analytics.Events.Definitions;

namespace Analytics.Counting.Windows;

/// <summary>Stores the numbers of a value in a window: as plain numbers, plus additional attributes for what they cannot represent.</summary>
internal static class ValueAttributes
{
    private const string CountName = "count";
    private const string SumName = "sum";
    private const string MatchesName = "matches";

    /// <summary>The attribute with all digits of a sum that a DynamoDB number cannot represent.</summary>
    private const string ExactSumName = "exactSum";
    private const string AverageName = "average";
    private const string RateName = "rate";
    private const string MinName = "min";
    private const string MaxName = "max";
    private const string DistinctName = "distinct";
    private const string SketchName = "sketch";
    private const string LastName = "last";
    private const string LastAtName = "lastAt";

    private static readonly (string Name, double Quantile)[] Quantiles = [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)];

    public static AttributeValue Write(Tally tally, Measure measure)
    {
        var members = new Dictionary<string, AttributeValue> { [CountName] = Attributes.Number(tally.Count) };
        if (tally.Sum is { } sum)
        {
            var text = sum.ToNumberText(out var isExact);
            members.Add(measure == Measure.Rate ? MatchesName : SumName, new AttributeValue { N = text });
            if (!isExact)
            {
                members.Add(ExactSumName, Attributes.Text(sum.ToString()));
            }

            if (measure is Measure.Average or Measure.Rate)
            {
                members.Add(measure == Measure.Rate ? RateName : AverageName, Attributes.Number(sum.DividedBy(tally.Count)));
            }
        }

        if (tally.Min is { } min)
        {
            members.Add(MinName, Attributes.Number(min));
        }

        if (tally.Max is { } max)
        {
            members.Add(MaxName, Attributes.Number(max));
        }

        if (tally.Distinct is { } distinct)
        {
            members.Add(DistinctName, Attributes.Number(distinct.Estimate()));
            members.Add(SketchName, Attributes.Binary(distinct.ToBytes()));
        }

        if (tally.Percentiles is { } percentiles)
        {
            foreach (var (name, quantile) in Quantiles)
            {
                members.Add(name, new AttributeValue { N = percentiles.Quantile(quantile)!.Value.ToString("G6", CultureInfo.InvariantCulture) });
            }

            members.Add(SketchName, Attributes.Binary(percentiles.ToBytes()));
        }

        if (tally.Last is { } last)
        {
            members.Add(LastName, Attributes.Text(last));
            members.Add(LastAtName, Attributes.Time(tally.LastAt));
        }

        return new AttributeValue { M = members };
    }

    /// <exception cref="FormatException">The attribute was not written by <see cref="Write"/>.</exception>
    public static Tally Read(AttributeValue value, Measure measure)
    {
        var members = value.M ?? throw Attributes.Invalid("values", "a map of maps");
        var sketch = Attributes.GetBytes(members, SketchName);
        var sum = members.GetValueOrDefault(ExactSumName)?.S ?? members.GetValueOrDefault(measure == Measure.Rate ? MatchesName : SumName)?.N;
        return new Tally
        {
            Count = Attributes.GetNumber(members, CountName),
            Sum = sum is null ? null : ExactNumber.Parse(sum),
            Min = Attributes.GetDecimal(members, MinName),
            Max = Attributes.GetDecimal(members, MaxName),
            Distinct = measure == Measure.Distinct && sketch is not null ? DistinctSketch.FromBytes(sketch) : null,
            Percentiles = measure == Measure.Percentiles && sketch is not null ? PercentileSketch.FromBytes(sketch) : null,
            Last = members.GetValueOrDefault(LastName)?.S,
            LastAt = members.ContainsKey(LastAtName) ? Attributes.GetTime(members, LastAtName) : default,
        };
    }
}
