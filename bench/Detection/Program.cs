// Measures the time to score a point of a series, alone and with loading and saving the state as the scheduled function does,
// and prints the size of the state.
//   dotnet run --project bench/Detection -c Release
//   dotnet publish bench/Detection -c Release -p:NativeFramework=net9.0 -r linux-x64 -o <dir> && <dir>/Analytics.Detection.Benchmarks
using System.Diagnostics;
using System.Globalization;
using Analytics.Detection;

const int Minutes = 28 * 24 * 60;
const int Rounds = 9;
const int Stored = 20_000;
var start = new DateTimeOffset(2026, 10, 5, 0, 0, 0, TimeSpan.Zero);
var random = new Random(1);
double[] values = [.. Enumerable.Range(0, Minutes).Select(minute => 100 + (50 * Math.Sin(2 * Math.PI * minute / 1440)) + (10 * random.NextDouble()))];

var trained = new SeriesDetector(SeriesKind.Amount);
Run(trained, 0, Minutes);
var state = trained.Save();
Write("state of a new series", new SeriesDetector(SeriesKind.Amount).Save().Length, "bytes");
Write("state after four weeks of minutes", state.Length, "bytes");
Write("a mean and a deviation by the minute of the week, for comparison", 7 * 24 * 60 * 2 * sizeof(double), "bytes");
Write("score a point", Time(() => Run(new SeriesDetector(SeriesKind.Amount), 0, Minutes), Minutes), "microseconds");
Write("load, score a point, save", Time(LoadScoreSave, Stored), "microseconds");

void LoadScoreSave()
{
    for (var point = 0; point < Stored; point++)
    {
        var detector = SeriesDetector.Load(state);
        detector.Observe(start.AddMinutes(Minutes), values[point]);
        detector.Save();
    }
}

void Run(SeriesDetector detector, int from, int to)
{
    for (var minute = from; minute < to; minute++)
    {
        detector.Observe(start.AddMinutes(minute), values[minute]);
    }
}

static double Time(Action action, int points)
{
    var times = new double[Rounds];
    for (var round = 0; round < Rounds; round++)
    {
        var watch = Stopwatch.StartNew();
        action();
        times[round] = watch.Elapsed.TotalMicroseconds / points;
    }

    Array.Sort(times);
    return times[Rounds / 2];
}

static void Write(string what, double value, string unit) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-66}{value,12:#,0.##} {unit}"));
