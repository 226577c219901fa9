// Compares executables of the function Counters, for example of two commits, each behind the local Runtime API and the local DynamoDB: write units,
// the duration of a batch, and the age of an event when it becomes readable. The executables are beside their definitions.json, where `make build-Counters` puts them.
//   dotnet run --project bench/Counters -c Release -- FOLDER [FOLDER...]
using System.Globalization;
using Analytics.Counters.Benchmarks;
using Analytics.Local.Services;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length == 0 || args.FirstOrDefault(folder => !File.Exists(Path.Combine(folder, "bootstrap"))) is not null)
{
    Console.Error.WriteLine("bench/Counters: specify folders that contain an executable bootstrap: make build-Counters ARTIFACTS_DIR=FOLDER");
    return 2;
}

var emulators = EmulatorInstaller.FindFolder(Path.Combine(Environment.CurrentDirectory, "template.yaml"));
Console.WriteLine("Write units of DynamoDB per 1,000 sample events (and calls), at 1,000 events a second");
Console.WriteLine($"{"batches of",-10} {string.Join(' ', args.Select((_, index) => $"{(char)('A' + index),18}"))}");
foreach (var (batch, batches) in ((int, int)[])[(100, 30), (1_000, 10), (10_000, 3)])
{
    var cells = new List<string>();
    foreach (var folder in args)
    {
        await using var function = await CountersProcess.StartAsync(folder, emulators, delay: TimeSpan.Zero);
        await function.InvokeAsync(batch, batches);
        var thousands = batch * batches / 1000m;
        cells.Add($"{function.Units("dynamodb:PutItem", "dynamodb:UpdateItem") / thousands,9:F1} ({function.Calls / thousands,6:F1})");
    }

    Console.WriteLine($"{batch,-10:N0} {string.Join(' ', cells.Select(cell => $"{cell,18}"))}");
}

Console.WriteLine();
Console.WriteLine("A batch of 1,000 with 5 ms added to each call, median of 15; and without");
for (var index = 0; index < args.Length; index++)
{
    await using var delayed = await CountersProcess.StartAsync(args[index], emulators, TimeSpan.FromMilliseconds(5));
    await using var direct = await CountersProcess.StartAsync(args[index], emulators, TimeSpan.Zero);
    Console.WriteLine($"{(char)('A' + index),-10} {await delayed.InvokeAsync(1_000, 15),10:F1} ms {await direct.InvokeAsync(1_000, 15),10:F1} ms");
}

Console.WriteLine();
Console.WriteLine("From put to readable at 1,000 events a second over 30 s, batches of 1 s");
Console.WriteLine($"{"",-10} {"p50",9} {"p99",9} {"batches",8}");
for (var index = 0; index < args.Length; index++)
{
    await using var function = await CountersProcess.StartAsync(args[index], emulators, TimeSpan.Zero);
    var (median, last, batches) = await Freshness.MeasureAsync(function, eventsPerSecond: 1_000, seconds: 30);
    Console.WriteLine($"{(char)('A' + index),-10} {median,7:F2} s {last,7:F2} s {batches,8}");
}

return 0;
