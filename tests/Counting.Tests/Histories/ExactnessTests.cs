using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Keys;
using Analytics.Counting.Storage;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Analytics.Counting.Tests.Histories;

public sealed class ExactnessTests(ITestOutputHelper output)
{
    private const int Cases = 10_000;

    [Fact]
    public void CountersEqualAPlainCountForAnyDeliveriesAndReads() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(PropertyCases.Limit(Cases)).WithEndSize(120).WithParallelRunConfig(new ParallelRunConfig(Environment.ProcessorCount)),
            Prop.ForAll(Arb.From(Scenarios(), Shrink), scenario => Run(scenario, new FakeCounterTable())));

    [Fact]
    public void WithoutTheLinkConditionCountersAreWrong() =>
        AssertFails(scenario => Run(scenario, new FakeCounterTable { Ignores = (key, condition) => condition.Kind == PutConditionKind.Absent && key != CounterKeys.Plan }));

    [Fact]
    public void WithoutTheFirstPlanConditionCountersAreWrong() =>
        AssertFails(scenario => Run(scenario, new FakeCounterTable { Ignores = (key, condition) => condition.Kind == PutConditionKind.Absent && key == CounterKeys.Plan }));

    [Theory]
    [InlineData((int)PutConditionKind.GenerationBelow)]
    [InlineData((int)PutConditionKind.DoneWith)]
    [InlineData((int)PutConditionKind.Planned)]
    public void WithoutARollupConditionCountersAreWrong(int kind) =>
        AssertFails(scenario => Run(scenario, new FakeCounterTable { Ignores = (_, condition) => condition.Kind == (PutConditionKind)kind }), first: 240);

    [Fact]
    public void WithAPositionRememberedForeverCountersAreWrong() =>
        AssertFails(scenario => Run(scenario, new FakeCounterTable(), TimeSpan.FromDays(1000)), first: 2_880);

    [Theory]
    [InlineData(Attributes.Done)]
    [InlineData(Attributes.Planned)]
    public void WithAReadersWrongPositionCountersAreWrong(string state) =>
        AssertFails(scenario => Run(scenario, new FakeCounterTable(), null, table => new MisledTable(table, state)));

    internal static Gen<Scenario> Scenarios()
    {
        var numbers = Gen.Choose(0, 9999).ArrayOf();
        return
            from events in numbers
            from steps in numbers
            from more in numbers
            from faults in numbers
            from limit in Gen.Choose(1, 9)
            from delivery in Gen.Elements(Delivery.Single, Delivery.Whole, Delivery.TakenApart)
            from isCramped in Gen.Elements(true, false)
            select new Scenario(events, [.. steps, .. more], faults, limit, delivery, isCramped);
    }

    private static void Run(
        Scenario scenario, FakeCounterTable table, TimeSpan? memoryLifetime = null, Func<ICounterTable, ICounterTable>? asReadersSee = null) =>
        new History(scenario, table, table.Scan, memoryLifetime, asReadersSee).Run();

    /// <param name="run">Runs a history.</param>
    /// <param name="first">The number of the first history that is tried: a history that fails is known to be near, which saves time.</param>
    private void AssertFails(Action<Scenario> run, int first = 0)
    {
        for (var number = first; number < first + Cases; number++)
        {
            var scenario = Scenarios().Sample(1, new Rnd((ulong)number), 20 + (number % 100))[0];
            try
            {
                run(scenario);
            }
            catch (Exception exception) when (exception is XunitException or CounterTableException)
            {
                output.WriteLine($"History {number}: {exception.Message}");
                return;
            }
        }

        Assert.Fail("No history shows that it matters.");
    }

    private static IEnumerable<Scenario> Shrink(Scenario scenario)
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

        for (var length = scenario.Steps.Length / 2; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= scenario.Steps.Length; at += length)
            {
                yield return scenario with { Steps = [.. scenario.Steps[..at], .. scenario.Steps[(at + length)..]] };
            }
        }
    }

    /// <summary>A table whose plan always seems done, or never: readers assign all windows to the generation, or none.</summary>
    private sealed class MisledTable(ICounterTable table, string state) : ICounterTable
    {
        public Task<bool> TryPutAsync(Dictionary<string, AttributeValue> item, PutCondition condition, CancellationToken cancellationToken) =>
            table.TryPutAsync(item, condition, cancellationToken);

        public async Task<Dictionary<string, AttributeValue>?> GetAsync(ItemKey key, CancellationToken cancellationToken)
        {
            var item = await table.GetAsync(key, cancellationToken);
            if (item is not null && key == CounterKeys.Plan)
            {
                item[Attributes.State] = Attributes.Text(state);
                if (state == Attributes.Planned)
                {
                    item[Attributes.Generation] = Attributes.Number(long.MaxValue);
                }
            }

            return item;
        }

        public IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(KeyRange range, CancellationToken cancellationToken) =>
            table.QueryAsync(range, cancellationToken);
    }
}
