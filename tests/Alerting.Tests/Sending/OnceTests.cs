using Amazon.DynamoDBv2.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Alerting.Tests.Sending;

/// <summary>Each alert is sent exactly once and held-back alerts add up, for any history of deliveries and faults.</summary>
public sealed class OnceTests
{
    [Fact]
    public void UnderFaultsEachAlertIsSentAndTheTotalsAddUp()
    {
        var worlds = Gen.Zip(Gen.Zip(Gen.Choose(0, int.MaxValue), Gen.Elements(1, 3, 120)), Gen.ArrayOf(Gen.Choose(0, 9_999))).ToArbitrary();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(PropertyCases.Limit(1_500)).WithEndSize(300),
            Prop.ForAll(worlds, world => new AlertWorld(world.Item1.Item1, world.Item2, world.Item1.Item2).Run()));
    }

    [Fact]
    public void HistoriesContainEveryKindOfEvent()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var world = new AlertWorld(seed, [.. Enumerable.Range(0, 300).Select(_ => random.Next(10_000))], seed % 2 == 0 ? 3 : 120);
            world.Run();
            foreach (var (what, count) in world.Seen)
            {
                seen[what] = seen.GetValueOrDefault(what) + count;
            }
        }

        Assert.All(
            (string[])["kill before", "kill after", "error", "lost reply", "repeated write", "zombie", "bisection", "lease over", "wait", "duplicate", "win", "held", "other", "reported"],
            what => Assert.True(seen.GetValueOrDefault(what) > 5, $"{what}: {seen.GetValueOrDefault(what)} of {string.Join(", ", seen)}"));
    }

    public static TheoryData<string> LeftOut => ["the lease", "the marks", "the ledger's condition", "the gate's condition", "remembered winners"];

    [Theory]
    [MemberData(nameof(LeftOut))]
    public void OmittingAPartOfTheProtocolFails(string part)
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var world = new AlertWorld(seed, [.. Enumerable.Range(0, 300).Select(_ => random.Next(10_000))], 3, Without(part));
            try
            {
                world.Run();
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
        "the ledger's condition" => FakeAlertTable.WithoutConditions("ledger"),
        "the gate's condition" => FakeAlertTable.WithoutConditions("gate"),
        _ => new() { Alters = Forget },
    };

    private static void Forget(Dictionary<string, AttributeValue> item)
    {
        if (item.ContainsKey("wins"))
        {
            item["wins"] = new AttributeValue { L = [], IsLSet = true };
        }
    }
}
