using System.Diagnostics;
using System.Globalization;

namespace Analytics.Local.Benchmarks;

/// <summary>
/// This program as a function: it responds to each invocation after a millisecond, and measures from there until it has received the next event.
/// </summary>
internal static class MeasuringFunction
{
    /// <summary>The environment variable with the number of invocations after which it prints its measurements.</summary>
    public const string Invocations = "BENCH_INVOCATIONS";

    /// <summary>Whether this process is the function.</summary>
    public static bool IsThisProcess => Environment.GetEnvironmentVariable(Invocations) is not null;

    public static async Task RunAsync()
    {
        var wanted = int.Parse(Environment.GetEnvironmentVariable(Invocations)!, CultureInfo.InvariantCulture);
        using var http = new HttpClient
        {
            BaseAddress = new Uri($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/invocation/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var gaps = new List<TimeSpan>(wanted);
        var ended = Stopwatch.GetTimestamp();
        while (true)
        {
            using var next = await http.GetAsync("next");
            await next.Content.ReadAsByteArrayAsync();
            gaps.Add(Stopwatch.GetElapsedTime(ended));
            if (gaps.Count == wanted)
            {
                Console.WriteLine(Gaps.FromDurations(gaps));
            }

            await Task.Delay(1);
            var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
            ended = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync($"{id}/response", new ByteArrayContent("{}"u8.ToArray()));
        }
    }
}
