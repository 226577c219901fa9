// Scores our detector and plain baselines by the rules of the Numenta Anomaly Benchmark.
//   dotnet run --project bench/nab -c Release [-- FOLDER]
// FOLDER holds combined_windows.json and the series; without it, ../shared/data/nab beside the repository.
using Analytics.Nab;
using Analytics.Nab.Corpus;

var folder = args is [var given, ..] ? given : Path.Combine("..", "shared", "data", "nab");
if (!File.Exists(Path.Combine(folder, NabCorpus.LabelsFile)))
{
    Console.Error.WriteLine($"nab: there is no {NabCorpus.LabelsFile} in {Path.GetFullPath(folder)}. Give the folder of the benchmark's data (https://github.com/numenta/NAB) as the argument.");
    return 1;
}

new NabReport(Console.Out).Print(NabCorpus.Load(folder));
return 0;
