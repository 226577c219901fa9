using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Alerting.Tests.Windows;

/// <summary>Each window is evaluated once and each alert is sent once, for any history of runs and faults.</summary>
public sealed class WindowOnceTests
{
    [Fact]
    public void UnderFaultsAlertsAndStatesEqualThoseOfAnUndisturbedRun() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(PropertyCases.Limit(300)).WithEndSize(300),
        Prop.ForAll(Histories(), history => new WindowWorld(history.Item1.Item1, history.Item2, history.Item1.Item2, isLate: false).Run()));

    [Fact]
    public void EachAlertIsSentOnceDespiteLateEvents() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(PropertyCases.Limit(300)).WithEndSize(300),
        Prop.ForAll(Histories(), history => new WindowWorld(history.Item1.Item1, history.Item2, history.Item1.Item2, isLate: true).Run()));

    [Fact]
    public void HistoriesContainEveryKindOfEvent()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < 60; seed++)
        {
            var world = new WindowWorld(seed, Decisions(seed), seed % 2 == 0 ? 3 : 120, isLate: seed % 3 == 0);
            world.Run();
            foreach (var (what, count) in world.Seen)
            {
                seen[what] = seen.GetValueOrDefault(what) + count;
            }
        }

        Assert.All(
            (string[])
            [
                "kill before", "kill after", "error", "lost reply", "repeated write", "missed run", "two runs", "second run", "overtaken", "lease over", "duplicate", "held back",
                "plain", "cooled", "silent", "share", "odd", "each",
            ],
            what => Assert.True(seen.GetValueOrDefault(what) > 5, $"{what}: {seen.GetValueOrDefault(what)} of {string.Join(", ", seen)}"));
    }

    public static TheoryData<string> LeftOut => ["the lease", "the marks", "the state's condition", "alerts in the state"];

    [Theory]
    [MemberData(nameof(LeftOut))]
    public void OmittingAPartOfTheProtocolFails(string part)
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            try
            {
                new WindowWorld(seed, Decisions(seed), 3, isLate: false, Without(part)).Run();
            }
            catch (Xunit.Sdk.XunitException)
            {
                return;
            }
        }

        Assert.Fail($"nothing goes wrong without {part}");
    }

    private static FakeAlertTable Without(string part) => part switch
    {
        "the lease" => FakeAlertTable.WithoutLease(),
        "the marks" => FakeAlertTable.WithoutMarks(),
        "the state's condition" => FakeAlertTable.WithoutConditions("window"),
        _ => new()
        {
            Alters = item =>
            {
                if (item.ContainsKey("pending"))
                {
                    item["pending"] = new() { L = [], IsLSet = true };
                }
            },
        },
    };

    private static int[] Decisions(int seed)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, 400).Select(_ => random.Next(10_000))];
    }

    private static Arbitrary<Tuple<Tuple<int, int>, int[]>> Histories() =>
        Gen.Zip(Gen.Zip(Gen.Choose(0, int.MaxValue), Gen.Elements(1, 3, 120)), Gen.ArrayOf(Gen.Choose(0, 9_999)))
            .Select(history => Tuple.Create(Tuple.Create(history.Item1.Item1, history.Item1.Item2), history.Item2)).ToArbitrary();
}
