namespace Analytics.Performance.Comparing;

/// <summary>Measures all functions of all designs with the same batches, in turn.</summary>
internal static class Comparison
{
    private const int WarmUpRecords = 100;
    private const int Starts = 7;

    /// <summary>The batches. Peers process large ones once, because each takes up to a minute.</summary>
    public static IReadOnlyList<BatchSize> Sizes { get; } =
    [
        new(100, Runs: 10, PeerRuns: 10, DelayedSequentially: true),
        new(1_000, Runs: 5, PeerRuns: 3, DelayedSequentially: true),
        new(Workload.CountInMaxPayload(), Runs: 5, PeerRuns: 1, DelayedSequentially: true),
        new(10_000, Runs: 5, PeerRuns: 1, DelayedSequentially: false),
    ];

    /// <summary>Measures functions with batches of some sizes.</summary>
    public static async Task<(IReadOnlyList<Measured> Batches, IReadOnlyList<MeasuredStart> Starts)> RunAsync(
        string repository, IReadOnlyList<Design> designs, IReadOnlyList<string> functions, IReadOnlyList<BatchSize> sizes, Action<string> progress)
    {
        var batches = new List<Measured>();
        var starts = new List<MeasuredStart>();
        foreach (var function in functions)
        {
            await using var services = await LocalServices.StartAsync(repository);
            var subjects = new List<Subject>();
            try
            {
                foreach (var design in designs)
                {
                    subjects.Add(await Subject.CreateAsync(services, function, design));
                }

                var workload = new Workload();
                starts.AddRange(await MeasureStartsAsync(function, subjects, workload));
                batches.AddRange(await MeasureBatchesAsync(function, subjects, workload, sizes, progress));
            }
            finally
            {
                foreach (var subject in subjects)
                {
                    await subject.DisposeAsync();
                }
            }
        }

        return (batches, starts);
    }

    private static async Task<IEnumerable<MeasuredStart>> MeasureStartsAsync(string function, IReadOnlyList<Subject> subjects, Workload workload)
    {
        var times = subjects.Select(_ => new List<(TimeSpan ToNext, TimeSpan ToAnswer, TimeSpan Processor)>()).ToArray();
        for (var round = 0; round < Starts; round++)
        {
            var body = workload.NextAlert();
            for (var index = 0; index < subjects.Count; index++)
            {
                times[index].Add(await subjects[index].MeasureStartAsync(body));
            }
        }

        return subjects.Select((subject, index) => new MeasuredStart(
            function,
            subject.Design.Name,
            Median.Compute([.. times[index].Select(time => time.ToNext)]),
            Median.Compute([.. times[index].Select(time => time.ToAnswer)]),
            times[index].Aggregate(TimeSpan.Zero, (sum, time) => sum + time.Processor) / Starts));
    }

    private static async Task<IEnumerable<Measured>> MeasureBatchesAsync(
        string function, IReadOnlyList<Subject> subjects, Workload workload, IReadOnlyList<BatchSize> sizes, Action<string> progress)
    {
        var warmUp = workload.Next(WarmUpRecords);
        foreach (var subject in subjects)
        {
            await subject.WarmUpAsync(warmUp);
        }

        var measured = new List<Measured>();
        foreach (var size in sizes)
        {
            foreach (var delay in (int[])[0, 5])
            {
                progress($"{function}: batches of {size.Records}, calls with {delay} ms added");
                var measuring = subjects
                    .Select(subject => (Runs: size.GetRuns(subject.Design.Name, delay), Subject: subject))
                    .Where(one => one.Runs > 0)
                    .Select(one => (one.Runs, Measuring: one.Subject.Begin(size.Records, delay)))
                    .ToArray();
                for (var run = 0; run < measuring.Max(one => one.Runs); run++)
                {
                    var body = workload.Next(size.Records);
                    foreach (var (_, one) in measuring.Where(one => run < one.Runs))
                    {
                        await one.InvokeAsync(body);
                    }
                }

                measured.AddRange(measuring.Select(one => one.Measuring.End()));
            }
        }

        return measured;
    }
}

/// <summary>A size of batches, and how many are measured.</summary>
/// <param name="Records">Records per batch.</param>
/// <param name="Runs">Batches of this project's functions.</param>
/// <param name="PeerRuns">Batches of the peers.</param>
/// <param name="DelayedSequentially">Whether the .NET peer, which makes one call at a time, is also measured with a delay.</param>
internal sealed record BatchSize(int Records, int Runs, int PeerRuns, bool DelayedSequentially)
{
    public int GetRuns(string design, int delay) => design switch
    {
        "Analytics" => Runs,
        ".NET peer" when delay > 0 && !DelayedSequentially => 0,
        _ => PeerRuns,
    };
}
