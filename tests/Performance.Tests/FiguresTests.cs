using System.Globalization;
using Analytics.Cli.Cost;
using Analytics.Performance.Comparing;
using Analytics.Performance.Documents;
using Analytics.Performance.Programs;

namespace Analytics.Performance.Tests;

public sealed class FiguresTests
{
    private static readonly PriceTable Prices = PriceTable.Load();

    [Fact]
    public void AFigureIsFoundByItsLineAndPosition()
    {
        var program = new BenchmarkProgram("bench/x", "a header of 10 lines\n  read 1    12.5 ms 1,000 MB\nread 10 3 ms");

        Assert.Equal((12.5, 1_000), (program.GetFigure("read 1 ", 0), program.GetFigure("read 1 ", 1)));
    }

    [Theory]
    [InlineData("missing", 0)]
    [InlineData("read", 1)]
    public void AMissingFigureIsAnErrorThatNamesTheCommand(string line, int number) => Assert.Contains(
        "bench/x", Assert.Throws<InvalidOperationException>(() => new BenchmarkProgram("bench/x", "read 3 ms").GetFigure(line, number)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("30 1 2", 2)]
    [InlineData("4 1 2 3", 2.5)]
    public void TheMedianIsTheMiddleOrTheMeanOfTheMiddleTwo(string seconds, double median)
    {
        var times = seconds.Split(' ').Select(time => TimeSpan.FromSeconds(int.Parse(time, CultureInfo.InvariantCulture))).ToArray();

        Assert.Equal(TimeSpan.FromSeconds(median), Median.Compute(times));
    }

    [Theory]
    [InlineData(26, 512)]
    [InlineData(512, 512)]
    [InlineData(513, 1_024)]
    [InlineData(1_500, 2_048)]
    public void MemoryIsTheDefaultOrTheNextDoublingThatHoldsThePeak(double peak, int memory) => Assert.Equal(memory, Costs.MemoryFor(peak));

    [Fact]
    public void AMillionEventsCostTheirBatches()
    {
        // 1,000 batches of a second with 512 MB, with a put, two write units, two read units, a message and a kilobyte of logs each.
        var measured = Measure(TimeSpan.FromSeconds(1)) with
        {
            Calls = new Dictionary<string, decimal> { ["s3:PutObject"] = 1, ["sns:PublishBatch"] = 1 },
            WriteUnits = 2,
            ReadUnits = 2,
            LogBytes = 1_024,
        };

        var expected = (1_000 * 0.0000002m) + (1_000 * 0.5m * 0.0000166667m) + 0.005m + (2_000 * 0.000000625m) + (2_000 * 0.000000125m) + 0.0005m + (0.5m * 1_000 / 1_024 / 1_024);
        Assert.Equal(expected, Costs.ComputeMillionEvents(measured, Prices), precision: 8);
    }

    [Fact]
    public void DurationsAreBilledByTheMillisecond()
    {
        var some = Costs.ComputeMillionEvents(Measure(TimeSpan.FromMilliseconds(1.2)), Prices);

        Assert.Equal(Costs.ComputeMillionEvents(Measure(TimeSpan.FromMilliseconds(2)), Prices), some);
        Assert.NotEqual(Costs.ComputeMillionEvents(Measure(TimeSpan.FromMilliseconds(1)), Prices), some);
    }

    [Fact]
    public void AMissedAimIsShownAsMissed()
    {
        Assert.True(new Aim("time", 1, 1, "s").IsMet);
        Assert.Contains("| time | 1 s | 1.01 s | missed |", Aim.ToTable([new Aim("time", 1, 1.01, "s")]), StringComparison.Ordinal);
    }

    [Fact]
    public void BatchesFollowOneAnotherInTheShardAndFitThePayloadThatLambdaDelivers()
    {
        var workload = new Workload();
        var records = Workload.CountInMaxPayload();
        var (first, second) = (workload.Next(records), workload.Next(2));

        Assert.InRange(first.Length, Workload.MaxPayloadBytes * 0.95, Workload.MaxPayloadBytes);
        Assert.True(string.CompareOrdinal(ReadSequenceNumbers(first)[^1], ReadSequenceNumbers(second)[0]) < 0);
    }

    private static List<string> ReadSequenceNumbers(byte[] body)
    {
        using var json = System.Text.Json.JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("Records").EnumerateArray().Select(record => record.GetProperty("kinesis").GetProperty("sequenceNumber").GetString()!)];
    }

    private static Measured Measure(TimeSpan wall) =>
        new("Archive", "Analytics", 1_000, 5, 1, wall, wall, 100, new Dictionary<string, decimal>(), 0, 0, 0, 0);
}
