using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Tests.Detect;

public sealed class DetectCommandTests : IDisposable
{
    private const int SpikeRow = 600;
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter _error = new(CultureInfo.InvariantCulture);

    [Fact]
    public async Task SpikeIsPrintedWithTheExpectedRange()
    {
        _folder.File("series.csv", Series());
        Assert.Equal(ExitCode.Success, await RunAsync("series.csv"));
        var text = _output.ToString();
        Assert.Contains("1,000 points, 1 anomalies", text, StringComparison.Ordinal);
        Assert.Contains("2026-11-18 02:00:00", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonHasEveryPointAndNothingElse()
    {
        _folder.File("series.csv", Series());
        Assert.Equal(ExitCode.Success, await RunAsync("series.csv", "--json"));
        using var document = JsonDocument.Parse(_output.ToString());
        Assert.Equal(1000, document.RootElement.GetProperty("points").GetArrayLength());
        Assert.Equal(1, document.RootElement.GetProperty("anomalies").GetInt32());
        var spike = document.RootElement.GetProperty("points")[SpikeRow];
        Assert.True(spike.GetProperty("score").GetDouble() >= 0.5);
        Assert.NotEqual("None", spike.GetProperty("anomaly").GetString());
        Assert.InRange(spike.GetProperty("expected").GetDouble(), 95, 115);
        Assert.Equal("2026-11-18T02:00:00+00:00", spike.GetProperty("timestamp").GetString());
    }

    [Fact]
    public async Task ThePictureIsAnSvgDocumentWithTheAnomalysLabel()
    {
        _folder.File("series.csv", Series());
        Assert.Equal(ExitCode.Success, await RunAsync("series.csv", "--out", "series.svg"));
        var picture = XDocument.Load(_folder.Combine("series.svg"));
        Assert.Equal("svg", picture.Root!.Name.LocalName);
        var texts = picture.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        Assert.Contains("series", texts);
        Assert.Contains(texts, text => text.StartsWith("11-18 02:00", StringComparison.Ordinal));
        Assert.Contains("Time (UTC)", texts);
    }

    [Fact]
    public async Task AFileNameWithMarkupIsTextInThePicture()
    {
        _folder.File("<script>&\".csv", Series());
        Assert.Equal(ExitCode.Success, await RunAsync("<script>&\".csv", "--out", "series.svg"));
        var picture = XDocument.Load(_folder.Combine("series.svg"));
        Assert.DoesNotContain(picture.Descendants(), element => element.Name.LocalName == "script");
        Assert.Contains(picture.Descendants(), element => element.Value == "<script>&\"");
    }

    [Fact]
    public async Task ALongSeriesMakesASmallPictureThatStillShowsItsSpike()
    {
        _folder.File("series.csv", Series(rows: 50_000));
        Assert.Equal(ExitCode.Success, await RunAsync("series.csv", "--out", "series.svg"));
        Assert.InRange(new FileInfo(_folder.Combine("series.svg")).Length, 1, 500_000);
        Assert.Contains("11-18 02:00", File.ReadAllText(_folder.Combine("series.svg")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("timestamp,value\n", "no values to score")]
    [InlineData("2026-11-21 00:00,5\n2026-11-21 00:01,6\n", "line 1: the header lacks the columns")]
    [InlineData("time,value\n2026-11-21 00:00,5\n", "line 1: the header lacks the columns")]
    [InlineData("timestamp,value\n2026-11-21 00:00,5\n2026-13-45 00:00,5\n", "line 3: '2026-13-45 00:00' is not a timestamp")]
    [InlineData("timestamp,value\n2026-11-21 00:00,5\nyesterday\u001b[31m,5\n", "line 3: 'yesterday?[31m' is not a timestamp")]
    [InlineData("timestamp,value\n2026-11-21 00:00,five\n", "line 2: 'five' is not a number")]
    [InlineData("timestamp,value\n2026-11-21 00:00\n", "line 2: it has 1 columns")]
    [InlineData("timestamp,value\n2026-11-21 00:02,1\n2026-11-21 00:01,2\n2026-11-21 00:00,3\n", "not in chronological order")]
    public async Task InvalidSeriesFileIsRejectedInOneLine(string content, string expected)
    {
        _folder.File("series.csv", content);
        Assert.Equal(ExitCode.Failure, await RunAsync("series.csv"));
        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
        Assert.Single(_error.ToString().TrimEnd().Split('\n'));
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task MissingFileIsRejectedInOneLine()
    {
        Assert.Equal(ExitCode.Failure, await RunAsync("none.csv"));
        Assert.Contains("none.csv cannot be read", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooLargeFileIsRejectedBeforeReading()
    {
        await using (var file = File.Create(_folder.Combine("huge.csv")))
        {
            file.SetLength((1L << 30) + 1);
        }

        Assert.Equal(ExitCode.Failure, await RunAsync("huge.csv"));
        Assert.Contains("Split it", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DuplicateAndLatePointsAndUnknownValuesAreReportedAndSkipped()
    {
        _folder.File("series.csv", Series() + "2026-11-16 00:00:00,5\n2026-11-30 00:00:00,\n2026-11-30 00:05:00,NaN\n");
        Assert.Equal(ExitCode.Success, await RunAsync("series.csv"));
        Assert.Contains("1 points are out of order and were not scored, the first in line 1002", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("2 points have no valid value and were not scored, the first in line 1003", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ColumnsAreFoundByTheirNamesAndTimesMayBeUnixSeconds()
    {
        _folder.File("series.csv", "\"Value\",host,\"Timestamp\"\r\n5,a,1763683200\r\n6,a,1763683260\r\n");
        Assert.Equal(ExitCode.Success, await RunAsync("series.csv"));
        Assert.Contains("2 points, 0 anomalies", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("NaN")]
    public async Task InvalidThresholdIsRejected(string threshold) =>
        Assert.Equal(ExitCode.Usage, await RunAsync("series.csv", "--threshold", threshold));

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(["detect", .. arguments], new CommandContext(new Terminal(_output, _error, isOutputInteractive: false, isErrorInteractive: false), TimeProvider.System, _folder.Path));

    private static string Series(int rows = 1000)
    {
        var text = new StringBuilder("timestamp,value\n");
        var start = new DateTime(2026, 11, 16, 0, 0, 0, DateTimeKind.Utc);
        for (var row = 0; row < rows; row++)
        {
            var value = row == SpikeRow ? 500 : 100 + (row * 7919 % 11);
            text.Append(CultureInfo.InvariantCulture, $"{start.AddMinutes(5 * row):yyyy-MM-dd HH:mm:ss},{value}\n");
        }

        return text.ToString();
    }
}
