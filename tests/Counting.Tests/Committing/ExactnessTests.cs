using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Counting.Tests.Committing;

public sealed class ExactnessTests
{
    private const int Cases = 10_000;

    [Fact]
    public void CountersEqualAPlainCountWhateverIsDeliveredHoweverOften() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Cases).WithEndSize(80),
            Prop.ForAll(Arb.From(Scenarios(), ShrinkingOf), scenario =>
            {
                var events = ScenarioEvent.Of(scenario.Events, ScenarioRun.Shards);
                var table = new FakeCounterTable();
                new ScenarioRun(ScenarioComparison.PlanWith(scenario.Limit), table, events, scenario).RunAsync().GetAwaiter().GetResult();
                ScenarioComparison.Compare(events, scenario.Limit, table.Items);
            }));

    internal static Gen<Scenario> Scenarios()
    {
        var numbers = Gen.Choose(0, 9999).ArrayOf();
        return
            from events in numbers
            from deliveries in numbers
            from faults in numbers
            from limit in Gen.Choose(1, 9)
            select new Scenario(events, deliveries, faults, limit);
    }

    private static IEnumerable<Scenario> ShrinkingOf(Scenario scenario)
    {
        for (var length = scenario.Events.Length; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= scenario.Events.Length; at += length)
            {
                yield return scenario with { Events = [.. scenario.Events[..at], .. scenario.Events[(at + length)..]] };
            }
        }

        for (var length = 0; length < scenario.Faults.Length; length = (2 * length) + 1)
        {
            yield return scenario with { Faults = scenario.Faults[..length] };
        }

        for (var length = 0; length < scenario.Deliveries.Length; length = (2 * length) + 1)
        {
            yield return scenario with { Deliveries = scenario.Deliveries[..length] };
        }
    }
}
