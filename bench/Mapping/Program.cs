using System.Globalization;
using Analytics.Local.Benchmarks;
using Analytics.Local.Services;

// dotnet run -c Release --project bench/Mapping [-- RECORDS]
//
// Measures the read rate of the event source mapping compared with a bare GetRecords loop on the same stream, and its overhead per invocation.
if (MeasuringFunction.IsThisProcess)
{
    await MeasuringFunction.RunAsync();
    return;
}

var records = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Console.WriteLine("From the end of an invocation to the beginning of the next (records of 300 bytes, checkpoints in files)");
Console.WriteLine($"{"",24} {"the mapping alone",-22} {"with a function's process",-22}");
Console.WriteLine($"{"batch",8} {"invocations",12} {"median",13} {"99 %",10} {"median",13} {"99 %",10}");
foreach (var batchSize in (int[])[1, 100, 1000, 10_000])
{
    var invocations = Math.Clamp(2_000_000 / batchSize, 200, 2000);
    var mapping = await OverheadBenchmark.MeasureMappingAsync(batchSize, invocations);
    var process = await OverheadBenchmark.MeasureProcessAsync(batchSize, invocations);
    Console.WriteLine($"{batchSize,8} {mapping.Count,12} {Time(mapping.Median)} {Time(mapping.Percentile99)} {Time(process.Median)} {Time(process.Percentile99)}");
}

var folder = EmulatorInstaller.FindFolder(Path.Combine(Environment.CurrentDirectory, "template.yaml"));
await using var emulators = await EmulatorProcess.StartAsync(folder, "us-east-1", null, Console.Error.WriteLine, CancellationToken.None);
using var throughput = new ThroughputBenchmark(new Uri($"http://127.0.0.1:{emulators.Ports.Kinesis}"), records);
await throughput.FillAsync();

Console.WriteLine();
Console.WriteLine($"Reading {records} records of 300 bytes from the local Kinesis, 4 shards");
Console.WriteLine($"{"",-28} {"seconds",8} {"records/s",10} {"of bare",8}");
await throughput.ReadBareAsync();
var bare = await throughput.ReadBareAsync();
Print("bare GetRecords loop", bare);
foreach (var (batchSize, lanes) in ((int, int)[])[(100, 1), (1000, 1), (10_000, 1), (100, 4)])
{
    Print($"mapping, batch {batchSize}, lanes {lanes}", await throughput.ReadByMappingAsync(batchSize, lanes));
}

static string Time(TimeSpan time) => $"{time.TotalMilliseconds,7:F3} ms";

void Print(string name, TimeSpan time) =>
    Console.WriteLine($"{name,-28} {time.TotalSeconds,8:F2} {records / time.TotalSeconds,10:F0} {bare / time,7:P0}");
