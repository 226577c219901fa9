using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Chain;
using Analytics.Counting.Deltas;
using Analytics.Counting.Folding;
using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Counting.Tallies;
using Analytics.Counting.Tests.Histories;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Counting.Tests.Deltas;

public sealed class DeltaTests
{
    private static readonly CounterPlan Plan = ScenarioComparison.GetPlan(1000);

    [Fact]
    public void DecodedCellsEqualTheEncodedOnesInOrder() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(ExactnessTests.Scenarios().ToArbitrary(), scenario =>
            {
                var cells = GetCells(scenario);
                var read = DeltaDecoder.Decode(Plan.Counters, DeltaPackage.Unpack(DeltaPackage.Pack(DeltaEncoder.Encode(Plan.Counters, cells), "a"), "a"));
                Assert.Equal(
                    cells.GroupBy(cell => cell.Value.Counter).OrderBy(counter => counter.Key).SelectMany(counter => counter)
                        .Select(cell => (Plan.Counters[cell.Value.Counter].Definition.Name, cell.StartTicks, cell.Value.Encoded, Describe(cell.Complete()))),
                    read.Select(cell => (cell.Counter.Definition.Name, cell.StartTicks, cell.Value, Describe(cell.Tally))));
            }));

    [Theory]
    [InlineData("19.99", "0.1")]
    [InlineData("0.0000000000000000000000000001", "99999999999999999")]
    [InlineData("-0.0000000001", "-100")]
    [InlineData("5000", "100000")]
    public void SumsKeepAllTheirDigits(string first, string second)
    {
        var plan = Some.Plan("""{"name":"s","pattern":{"event_type":[{"exists":true}]},"measure":"sum","field":"amount","by":["page_url"],"windows":["day"]}""");
        var cells = Some.Fold(plan, 1, $$"""{"amount":{{first}},"page_url":"a"}""", $$"""{"amount":{{second}},"page_url":"b"}""").Whole.Cells;
        var read = DeltaDecoder.Decode(plan.Counters, DeltaEncoder.Encode(plan.Counters, cells));
        Assert.Equal([first, second], read.Select(cell => cell.Tally.Sum!.Value.ToString()));
    }

    [Fact]
    public void AnyBytesAreCellsOrAFormatException()
    {
        var random = new Random(1);
        var bytes = DeltaEncoder.Encode(Plan.Counters, GetCells(new Scenario([.. Enumerable.Range(0, 50).Select(index => index * 37)], [], [], 5, Delivery.Single, false)));
        var refused = 0;
        for (var attempt = 0; attempt < 20_000; attempt++)
        {
            var hostile = bytes.ToArray();
            for (var change = 0; change <= attempt % 3; change++)
            {
                hostile[random.Next(hostile.Length)] = (byte)random.Next(256);
            }

            hostile = attempt % 5 == 0 ? hostile[..random.Next(hostile.Length)] : hostile;
            try
            {
                _ = DeltaDecoder.Decode(Plan.Counters, hostile);
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 19_999);
    }

    [Fact]
    public void AnyBitThatFlipsInAPackageIsNoticed()
    {
        var package = DeltaPackage.Pack(DeltaEncoder.Encode(Plan.Counters, GetCells(new Scenario([.. Enumerable.Range(0, 50)], [], [], 5, Delivery.Single, false))), "attributes");
        for (var bit = 0; bit < package.Length * 8; bit++)
        {
            var hostile = package.ToArray();
            hostile[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal(DeltaPackage.Unpack(package, "attributes"), DeltaPackage.Unpack(hostile, "attributes"));
            }
            catch (FormatException)
            {
                // Detected. Bits of deflate that encode the same bytes may flip undetected.
            }
        }

        Assert.Throws<FormatException>(() => DeltaPackage.Unpack(package, "attribute"));
    }

    [Fact]
    public void APackageThatClaimsToBeHugeIsRejectedBeforeMemoryIsTaken() =>
        Assert.Throws<FormatException>(() => DeltaPackage.Unpack([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3], "a"));

    [Fact]
    public async Task ADamagedLinkIsAnErrorThatNamesTheItem()
    {
        var table = new FakeCounterTable();
        var committer = new CounterCommitter(Plan, table, new FakeTime(Some.Noon), ChainSettings.Default);
        Assert.Null((await committer.CommitAsync(Some.Fold(Plan, 1, """{"amount":1}"""), CancellationToken.None)).Lowest);
        var intact = table.Items.Single(item => item.ContainsKey("delta"));
        foreach (var (name, value) in new[] { ("records", Attributes.Number(9)), ("lastArrival", Attributes.Time(Some.Noon.AddHours(1))), ("first", Attributes.Text("x")), ("delta", Attributes.Binary([1, 2])) })
        {
            table.Put(new Dictionary<string, AttributeValue>(intact) { [name] = value });
            var rollup = new CounterRollup(table, new FakeTime(Some.Noon), RollupSettings.Default);
            var exception = await Assert.ThrowsAsync<CounterTableException>(() => rollup.RunAsync(CancellationToken.None));
            Assert.StartsWith($"Item delta|{Some.Shard}, - of the counters table is damaged", exception.Message, StringComparison.Ordinal);
        }
    }

    private static List<Cell> GetCells(Scenario scenario)
    {
        var table = new CellTable(Plan);
        foreach (var @event in ScenarioEvent.FromScenario(scenario))
        {
            foreach (ref readonly var user in Plan.Reader.Read(Some.Utf8(@event.Json)))
            {
                table.Add(user.Event, @event.Arrival);
            }
        }

        return table.Cells;
    }

    private static string Describe(Tally tally) =>
        $"{tally.Count} {tally.Sum} {tally.Min} {tally.Max} {Hex(tally.Distinct?.ToBytes())} {Hex(tally.Percentiles?.ToBytes())} {tally.Last} {tally.LastAt:O}";

    private static string Hex(byte[]? bytes) => bytes is null ? "" : Convert.ToHexString(bytes);
}
