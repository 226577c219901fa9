using System.Text;
using System.Text.RegularExpressions;
using Analytics.Cli.Shared.Samples;
using Analytics.Cli.Shared.Sending;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Cli.Tests.Shared.Samples;

public sealed partial class SampleEventsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TheSameSeedGivesTheSameBytes()
    {
        var first = Records(3_000, seed: 42);
        var second = Records(3_000, seed: 42);

        Assert.Equal(first.Select(record => record.PartitionKey), second.Select(record => record.PartitionKey));
        Assert.Equal(first.Select(record => System.Convert.ToHexString(record.Data.Span)), second.Select(record => System.Convert.ToHexString(record.Data.Span)));
    }

    [Fact]
    public void AnotherTimeChangesTheTimestampsOnly()
    {
        var first = Records(3_000, seed: 42).Where(IsPlain).Select(WithoutTimes).ToList();
        var later = Records(3_000, seed: 42, TimeSpan.FromDays(400.123)).Where(IsPlain).Select(WithoutTimes).ToList();

        Assert.True(first.Count > 2_000);
        Assert.Equal(first, later);
    }

    [Fact]
    public void AnotherSeedGivesOtherEvents() =>
        Assert.NotEqual(
            Records(100, seed: 1).Select(record => System.Convert.ToHexString(record.Data.Span)),
            Records(100, seed: 2).Select(record => System.Convert.ToHexString(record.Data.Span)));

    [Fact]
    public void ThereAreExactlyAsManyEventsAsAskedFor()
    {
        var property = Prop.ForAll<ulong, byte>((seed, count) =>
            Assert.Equal(count, Records(count, seed).Sum(record => record.UserRecords)));
        Check.QuickThrowOnFailure(property);
    }

    [Fact]
    public void UsersFollowZipfsLaw()
    {
        var byUser = Records(20_000, seed: 7).GroupBy(record => record.PartitionKey).Select(group => group.Count()).OrderDescending().ToList();

        Assert.InRange(byUser.Count, 500, 2_000);
        Assert.True(byUser.Take(byUser.Count / 10).Sum() > byUser.Sum() / 4);
    }

    private static List<OutgoingRecord> Records(long count, ulong seed, TimeSpan later = default) =>
        [.. new SampleEvents(seed, i => Start + later + TimeSpan.FromMilliseconds(i)).Take(count)];

    private static bool IsPlain(OutgoingRecord record) => record.Data.Span[0] == '{';

    private static string WithoutTimes(OutgoingRecord record) => Time().Replace(Encoding.UTF8.GetString(record.Data.Span), "TIME");

    [GeneratedRegex(@"""\d{4}-\d{2}-\d{2}[^""]*""")]
    private static partial Regex Time();
}
