// Runs the benchmarks of docs/performance.md and writes their results to the generated blocks of that document and of README.md.
// `make bench` builds what it needs and runs it; ARGS restricts it to one part: comparison, programs or pipeline. With ARGS="try Archive,Results 100,10000 [DESIGN...]" it
// prints the comparison of some functions, batch sizes and designs, and writes nothing.
using System.Globalization;
using Analytics.Cli.Cost;
using Analytics.Performance.Comparing;
using Analytics.Performance.Documents;
using Analytics.Performance.Pipelines;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] parts = args is [] or ["try", ..] ? ["comparison", "programs", "pipeline"] : args;
if (parts.FirstOrDefault(part => part is not ("comparison" or "programs" or "pipeline")) is { } unknown)
{
    Console.Error.WriteLine($"bench: there is no part '{unknown}'. Specify comparison, programs or pipeline, or nothing for all.");
    return 2;
}

var repository = Directory.GetCurrentDirectory();
var document = Path.Combine(repository, "docs", "performance.md");
var builds = Path.Combine(repository, ".analytics", "build");
var native = Path.Combine(builds, "native");
var missing = Design.Functions.Select(function => Path.Combine(native, function, "bootstrap"))
    .Concat([Path.Combine(builds, "bench", "dotnet-peer", "Analytics.Peer"), Path.Combine(builds, "bench", "Reading", "Analytics.Reading.Benchmarks"), document])
    .FirstOrDefault(file => !File.Exists(file));
if (missing is not null)
{
    Console.Error.WriteLine($"bench: {missing} is missing. Run `make bench` in the repository's folder, which builds it.");
    return 2;
}

var load = BenchmarkMachine.GetLoad();
var aims = new List<Aim>();
var prices = PriceTable.Load();
Design[] designs =
[
    Design.Ours(native),
    Design.DotNetPeer(Path.Combine(builds, "bench", "dotnet-peer")),
    Design.NodePeer(Path.Combine(repository, "bench", "peers", "node")),
];
if (args is ["try", var functions, var records, .. var names])
{
    var sizes = Comparison.Sizes.Where(size => records.Split(',').Contains(size.Records.ToString(CultureInfo.InvariantCulture))).ToArray();
    var chosen = designs.Where(design => names.Length == 0 || names.Contains(design.Name)).ToArray();
    var (batches, starts) = await Comparison.RunAsync(repository, chosen, functions.Split(','), sizes, Console.Error.WriteLine);
    Console.Write(ComparisonTables.Starts(starts) + Environment.NewLine + ComparisonTables.Detail(batches, prices));
    return 0;
}

if (parts.Contains("comparison"))
{
    var (batches, starts) = await Comparison.RunAsync(repository, designs, Design.Functions, Comparison.Sizes, Console.Error.WriteLine);
    await Document.ReplaceAsync(document, "summary", ComparisonTables.Summarize(batches, starts, prices));
    await Document.ReplaceAsync(document, "comparison", ComparisonTables.Detail(batches, prices));
    await Document.ReplaceAsync(document, "starts", ComparisonTables.Starts(starts));
    aims.AddRange(FunctionAims.Create(batches, starts, native));
    await Document.ReplaceAsync(document, "function-aims", Aim.ToTable(aims));
}

if (parts.Contains("programs"))
{
    var figures = await Figures.MeasureAsync(repository, Path.Combine(builds, "bench"), Console.Error.WriteLine);
    await Document.ReplaceAsync(document, "programs", string.Join("\n\n", figures.Programs.Select(program => program.ToMarkdown())));
    await Document.ReplaceAsync(document, "program-aims", Aim.ToTable(figures.Aims));
    await Document.ReplaceAsync(Path.Combine(repository, "README.md"), "measurements", figures.ToReadme());
    aims.AddRange(figures.Aims);
}

if (parts.Contains("pipeline"))
{
    var freshness = await FreshnessBenchmark.RunAsync(repository, Console.Error.WriteLine);
    var runs = new List<LocalRun>();
    foreach (var events in (int[])[10_000, 100_000])
    {
        Console.Error.WriteLine($"analytics run --native --events {events}");
        runs.Add(await LocalRunBenchmark.RunAsync(repository, events));
    }

    var pipelineAims = PipelineTables.GetAims(freshness, runs).ToArray();
    await Document.ReplaceAsync(document, "freshness", PipelineTables.Create(freshness));
    await Document.ReplaceAsync(document, "local-run", PipelineTables.Create(runs));
    await Document.ReplaceAsync(document, "pipeline-aims", Aim.ToTable(pipelineAims));
    aims.AddRange(pipelineAims);
}

var machine = $"{BenchmarkMachine.Describe()}; load average before the run {load:F1}. .NET SDK {BenchmarkMachine.GetVersion("dotnet", "--version")}, Node.js {BenchmarkMachine.GetVersion("node", "--version")}, {DateTime.UtcNow:yyyy-MM-dd}.";
await Document.ReplaceAsync(document, "machine", machine);
Console.Error.WriteLine($"{aims.Count(aim => aim.IsMet)} of {aims.Count} aims are met; the results are in docs/performance.md.");
return 0;
