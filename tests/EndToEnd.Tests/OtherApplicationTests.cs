using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Analytics.EndToEnd.Tests;

/// <summary>A foreign application with shell scripts as functions: see OtherApplication/template.yaml.</summary>
public sealed class OtherApplicationTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder = new();
    private string _keepIn;

    public OtherApplicationTests()
    {
        var source = Path.Combine(Repository.Root, "tests/EndToEnd.Tests/OtherApplication");
        Directory.CreateDirectory(_folder.Combine("other/tracker"));
        _keepIn = Directory.CreateDirectory(_folder.Combine("kept")).FullName;
        foreach (var file in (string[])["template.yaml", "tracker/bootstrap"])
        {
            File.Copy(Path.Combine(source, file), _folder.Combine($"other/{file}"));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FunctionsReadTheStreamAndFailedBatchesReachTheConfiguredDestination()
    {
        using var up = await UpAsync();
        using var services = new LocalServices(_folder.Path);
        await services.PutRecordsAsync(
            services.Resource("Clicks"),
            Enumerable.Range(0, 40).Select(number => ($$"""{"number":{{number}},"buys":{{(number % 2 == 0 ? "true" : "false")}}}""", number == 20 ? "bad" : $"user-{number % 7}")));

        await Eventually.HoldsAsync(() => Kept("Tracker").Count() == 39 && Kept("buyers").Any(), "the records did not arrive");
        Assert.Equal(Enumerable.Range(0, 40).Except([20]), Kept("Tracker").Order());

        var alarm = await services.ReceiveUntilAsync(services.Resource("Inbox"), Patience);
        using var failure = JsonDocument.Parse(alarm);
        Assert.Equal(2, failure.RootElement.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal(1, failure.RootElement.GetProperty("KinesisBatchInfo").GetProperty("batchSize").GetInt32());
        Assert.EndsWith(":stream/" + services.Resource("Clicks"), failure.RootElement.GetProperty("KinesisBatchInfo").GetProperty("streamArn").GetString()!, StringComparison.Ordinal);

        await Eventually.HoldsAsync(async () => (await services.ListObjectsAsync(services.Resource("Files"))).Contains("<Key>aws/lambda/", StringComparison.Ordinal), "no failure object came");
        Assert.All(Kept("buyers"), number => Assert.True(number >= 10 && number % 2 == 0, $"{number} is not let through"));

        var (status, error, payload) = await services.InvokeAsync(services.Resource("Buyers"), """{"Records":[]}""");
        Assert.Equal((HttpStatusCode.OK, null, """{"kept":true}"""), (status, error, payload));
        (status, error, payload) = await services.InvokeAsync(services.Resource("Plain"), """{"partitionKey":"bad"}""");
        Assert.Equal((HttpStatusCode.OK, "Unhandled"), (status, error));
        Assert.Contains("BadClick", payload, StringComparison.Ordinal);

        await up.InterruptAsync();
        var stopped = await up.WaitAsync();
        Assert.True(stopped.ExitCode == 0, stopped.ToString());
        Assert.Contains("Functions: Tracker, Buyers, Plain", stopped.Output, StringComparison.Ordinal);
        Assert.Contains($"analytics produce --stream {services.Resource("Clicks")}", stopped.Output, StringComparison.Ordinal);
        Assert.Contains("tracking for dev", await File.ReadAllTextAsync(_folder.Combine(".analytics/logs/Tracker.log")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task StoppedApplicationResumesAfterARestart(string signal)
    {
        const int Before = 500;
        const int After = 100;
        string[] options = ["--data", "data", "--parameter", "Pause=0.1"];
        using (var first = await UpAsync(options))
        {
            using var services = new LocalServices(_folder.Path);
            await services.PutRecordsAsync(services.Resource("Clicks"), Enumerable.Range(0, Before).Select(Click));
            await Eventually.HoldsAsync(() => Kept("Tracker").Count() >= 100, "the records did not arrive");
            await first.SignalAsync(signal);
            var ended = await first.WaitAsync();
            Assert.True(ended.ExitCode == (signal == "TERM" ? 0 : 137), ended.ToString());
        }

        var deliveredFirst = Deliveries("Tracker").ToList();

        // In another folder, because a function of a killed command may still be finishing.
        _keepIn = Directory.CreateDirectory(_folder.Combine("kept-again")).FullName;
        using var second = await UpAsync(options);
        using var servicesAgain = new LocalServices(_folder.Path);
        await servicesAgain.PutRecordsAsync(servicesAgain.Resource("Clicks"), Enumerable.Range(Before, After).Select(Click));
        var expected = Enumerable.Range(0, Before + After);
        await Eventually.HoldsAsync(() => !expected.Except(Kept("Tracker")).Except(deliveredFirst.Select(one => one.Number)).Any(), "records are lost");

        var deliveredSecond = Deliveries("Tracker").ToList();
        Assert.True(deliveredSecond.Count < Before + After, "the second run began at the beginning");
        foreach (var run in (List<Delivery>[])[deliveredFirst, deliveredSecond])
        {
            Assert.All(run.Distinct().GroupBy(one => one.Key), key => Assert.Equal(key.Select(one => one.Number).Order(), key.Select(one => one.Number)));
        }
    }

    [Fact]
    public async Task WhenTheLocalServicesEndItStopsWithOneLine()
    {
        using var up = await UpAsync();
        up.KillLocalServices();

        var ended = await up.WaitAsync();
        Assert.True(ended.ExitCode == 1, ended.ToString());
        Assert.StartsWith("analytics: the local services ended unexpectedly", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Combine(".analytics/local.json")));
    }

    [Theory]
    [InlineData("Runtime: provided.al2023", "Runtime: python3.13", "python3.13 cannot run here")]
    [InlineData("CodeUri: tracker/", "CodeUri: nowhere/", "nowhere")]
    [InlineData("StartingPosition: TRIM_HORIZON", "StartingPosition: EARLIEST", "LATEST, TRIM_HORIZON or AT_TIMESTAMP")]
    [InlineData("Stream: !GetAtt Clicks.Arn", "Stream: !GetAtt Inbox.Arn", "the ARN of a Kinesis stream")]
    [InlineData("FunctionName: !GetAtt Buyers.Arn", "FunctionName: nobody", "nobody")]
    [InlineData("CodeUri: tracker/", "CodeUri: s3://bucket/code.zip", "s3:/")]
    [InlineData("BatchSize: !FindInMap [Batches, !Ref Stage, Size]", "BatchSize: 10001", "1 to 10000")]
    [InlineData("Destination: !Ref Alarms", "Destination: !Ref Alarmz", "Alarmz")]
    [InlineData("Fn::Nothing", "", "KeepIn")]
    public async Task UnsupportedTemplateIsReportedInOneLine(string written, string instead, string says)
    {
        var template = _folder.Combine("other/template.yaml");
        await File.WriteAllTextAsync(template, (await File.ReadAllTextAsync(template)).Replace(written, instead, StringComparison.Ordinal));
        string[] parameters = instead.Length == 0 ? [] : ["--parameter", $"KeepIn={_keepIn}"];

        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["up", "--template", "other/template.yaml", .. parameters]);

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains(says, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("template.yaml", result.ErrorLines.Single(), StringComparison.Ordinal);
    }

    private static (string Data, string Key) Click(int number) =>
        ($$"""{"number":{{number.ToString(CultureInfo.InvariantCulture)}},"buys":false}""", $"user-{number % 9}");

    private async Task<AnalyticsCommand> UpAsync(params string[] options)
    {
        var up = AnalyticsCommand.Start(
            _folder.Path,
            ["up", "--template", "other/template.yaml", "--parameter", $"KeepIn={_keepIn}", .. options],
            readyLine: "Stop with Ctrl-C.");
        await up.ReadyAsync();
        return up;
    }

    /// <summary>The distinct numbers that a function has stored.</summary>
    private IEnumerable<int> Kept(string function) => Deliveries(function).Select(one => one.Number).Distinct();

    /// <summary>Every record that a function has stored, in order per process.</summary>
    private IEnumerable<Delivery> Deliveries(string function)
    {
        foreach (var file in Directory.GetFiles(_keepIn, $"*-{function}.*"))
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

            // The rest after the last line break is being written, or was when the process was killed.
            foreach (var line in reader.ReadToEnd().Split('\n').SkipLast(1))
            {
                using var json = JsonDocument.Parse(line);
                foreach (var record in json.RootElement.GetProperty("Records").EnumerateArray().Select(record => record.GetProperty("kinesis")))
                {
                    using var data = JsonDocument.Parse(record.GetProperty("data").GetBytesFromBase64());
                    yield return new Delivery(data.RootElement.GetProperty("number").GetInt32(), record.GetProperty("partitionKey").GetString()!);
                }
            }
        }
    }

    private sealed record Delivery(int Number, string Key);
}
