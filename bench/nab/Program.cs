// Scores this project's detector and simple baselines by the rules of the Numenta Anomaly Benchmark.
//   dotnet run --project bench/nab -c Release [-- FOLDER]
// FOLDER contains combined_windows.json and the series; the default is ../shared/data/nab next to the repository.
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
