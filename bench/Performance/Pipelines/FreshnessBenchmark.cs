using System.Diagnostics;
using System.Globalization;
using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Analytics.Counting;
using Analytics.Events.Definitions;
using Analytics.Local.Deployment;

namespace Analytics.Performance.Pipelines;

/// <summary>
/// Measures how long after PutRecords events can be read, in a pipeline with all functions as native executables. The n-th event that can be read is taken
/// for the n-th that was put, which changes no mean.
/// </summary>
internal static class FreshnessBenchmark
{
    private const int MaxRecords = 500;
    private const string Counter = "page_views_total";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private static readonly (string Name, Dictionary<string, string> Parameters)[] Windows =
    [
        ("as deployed", []),
        ("none", new() { ["CountersBatchingWindow"] = "0", ["MaximumBatchingWindow"] = "0" }),
    ];

    /// <summary>Measures each rate with each of the batching windows.</summary>
    public static async Task<IReadOnlyList<Freshness>> RunAsync(string repository, Action<string> log)
    {
        var all = new List<Freshness>();
        foreach (var (name, parameters) in Windows)
        {
            await using var deployment = await LocalDeployment.StartAsync(
                new LocalDeploymentOptions
                {
                    TemplateFile = Path.Combine(repository, "template.yaml"),
                    Parameters = parameters,
                    Native = true,
                    WorkFolder = Path.Combine(repository, ".analytics"),
                    Log = log,
                },
                CancellationToken.None);
            foreach (var rate in (int[])[100, 1_000, int.MaxValue])
            {
                log($"Freshness with batching windows {name}, {(rate == int.MaxValue ? "as fast as the stream accepts" : $"{rate} events a second")}");
                all.Add(await MeasureAsync(deployment, name, rate));
                await deployment.DrainAsync(CancellationToken.None);
            }
        }

        return all;
    }

    private static async Task<Freshness> MeasureAsync(LocalDeployment deployment, string windows, int rate)
    {
        using var dynamoDb = deployment.Endpoints.CreateDynamoDB();
        var reader = new CounterReader(dynamoDb, deployment.Resources["CountersTable"].PhysicalId);
        var readBefore = await CountAsync(reader);
        var before = GetCounters(deployment);
        var clock = Stopwatch.StartNew();
        var put = new List<double>();
        var sending = SendAsync(deployment, rate, clock, put);
        var settled = SampleAsync(() => Task.FromResult(GetCounters(deployment).Records - before.Records));
        var read = await SampleAsync(async () => await CountAsync(reader) - readBefore);
        var settledAges = GetAges(put, await settled);
        var ages = GetAges(put, read);
        var after = GetCounters(deployment);
        var function = (after.Duration - before.Duration) / (after.Invocations - before.Invocations);
        var settledMean = TimeSpan.FromSeconds(settledAges.Average());
        var mean = TimeSpan.FromSeconds(ages.Average());
        ages.Sort();
        return new Freshness(
            windows,
            put.Count / put[^1],
            TimeSpan.FromSeconds(ages[ages.Count / 2]),
            TimeSpan.FromSeconds(ages[ages.Count * 99 / 100]),
            settledMean - function,
            function,
            mean - settledMean);

        // The times at which a count was seen, until it is that of the events put.
        async Task<List<(double At, long Count)>> SampleAsync(Func<Task<long>> countAsync)
        {
            var samples = new List<(double, long)>();
            while (true)
            {
                var isComplete = sending.IsCompletedSuccessfully;
                var count = await countAsync();
                samples.Add((clock.Elapsed.TotalSeconds, count));
                if (isComplete && count >= put.Count)
                {
                    return samples;
                }

                await Task.Delay(Pause);
                if (sending.IsFaulted)
                {
                    await sending;
                }
            }
        }
    }

    private static LocalFunction GetCounters(LocalDeployment deployment) => deployment.Functions.First(function => function.LogicalId == "Counters");

    private static List<double> GetAges(List<double> put, List<(double At, long Count)> samples)
    {
        var ages = new List<double>(put.Count);
        foreach (var (at, count) in samples)
        {
            while (ages.Count < count && ages.Count < put.Count)
            {
                ages.Add(at - put[ages.Count]);
            }
        }

        return ages;
    }

    private static async Task<long> CountAsync(CounterReader reader)
    {
        var now = DateTimeOffset.UtcNow;
        var query = new CounterQuery { Counter = Counter, Window = CounterWindow.Day, From = now.AddDays(-1), To = now.AddDays(1) };
        var count = 0L;
        await foreach (var value in reader.QueryAsync(query))
        {
            count += value.Count;
        }

        return count;
    }

    private static async Task SendAsync(LocalDeployment deployment, int rate, Stopwatch clock, List<double> put)
    {
        using var kinesis = deployment.Endpoints.CreateKinesis();
        var stream = deployment.Resources["EventStream"].PhysicalId;
        while (clock.Elapsed < Duration)
        {
            var at = clock.Elapsed.TotalSeconds;
            var due = (int)Math.Min(MaxRecords, (at * rate) - put.Count);
            if (due < 1)
            {
                await Task.Delay(Pause);
                continue;
            }

            var first = put.Count;
            put.AddRange(Enumerable.Repeat(at, due));
            await PutAsync(kinesis, stream, Enumerable.Range(first, due));
        }
    }

    private static async Task PutAsync(IAmazonKinesis kinesis, string stream, IEnumerable<int> numbers)
    {
        var answer = await kinesis.PutRecordsAsync(new PutRecordsRequest
        {
            StreamName = stream,
            Records = [.. numbers.Select(number => new PutRecordsRequestEntry { PartitionKey = $"user-{number % 997}", Data = new MemoryStream(CreateEvent(number)) })],
        });
        if (answer.FailedRecordCount > 0)
        {
            throw new InvalidOperationException($"The stream rejected {answer.FailedRecordCount} records.");
        }
    }

    private static byte[] CreateEvent(int number) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"event_id":"{{Guid.NewGuid()}}","event_type":"page_view","timestamp":"{{DateTime.UtcNow:O}}","user_id":"user-{{number % 997}}","page_url":"/products/{{number % 211}}","device_type":"mobile","load_time":{{number % 900}}}"""));
}
