namespace Analytics.Cli.Costing;

/// <summary>All that <c>analytics cost</c> tells.</summary>
internal sealed record CostReport
{
    /// <summary>What a core of Lambda's is to a function: at this memory it has one of its own (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).</summary>
    private const decimal MegabytesPerCore = 1_769;

    /// <summary>What producers send.</summary>
    public required Load Load { get; init; }

    /// <summary>The template.</summary>
    public required PipelineDesign Design { get; init; }

    /// <summary>What things cost.</summary>
    public required PriceTable Prices { get; init; }

    /// <summary>Where the measurements are from.</summary>
    public required string Measured { get; init; }

    /// <summary>This design first, then those that it replaces.</summary>
    public required IReadOnlyList<Bill> Bills { get; init; }

    /// <summary>Each function's batches.</summary>
    public required IReadOnlyList<FunctionCost> Functions { get; init; }

    /// <summary>What this design's bill grows by, were all measured time computing and none waiting: Lambda gives a function a part of a core.</summary>
    public required decimal SlowestUsd { get; init; }

    /// <summary>What is not in the bill.</summary>
    public required IReadOnlyList<string> NotCounted { get; init; }

    /// <summary>The services that a bill has, in the order of the price table.</summary>
    public IEnumerable<string> Services => Prices.Prices.Select(price => price.Service).Distinct().Where(service => Bills.Any(bill => bill.Of(service) > 0));

    /// <summary>Reckons everything.</summary>
    public static CostReport Of(Load load, PipelineDesign design, Measurements measured, PriceTable prices)
    {
        var pipeline = new PipelineBill(load, design, measured);
        var bill = pipeline.Reckon(prices);
        return new CostReport
        {
            Load = load,
            Design = design,
            Prices = prices,
            Measured = measured.Origin,
            Bills = [bill, .. new ReferenceBills(load, design.Shards, measured).Reckon(prices)],
            Functions =
            [
                .. design.Functions.Select(function => new FunctionCost(
                    function.Name, pipeline.BatchesOf(function), pipeline.MillisecondsOf(function), pipeline.GigabyteSecondsOf(function))),
                .. design.ScheduledFunctions.Select(function => new FunctionCost(
                    function.Name, new Batches(0, function.RunsPerMonth), pipeline.MillisecondsOf(function), pipeline.GigabyteSecondsOf(function))),
            ],
            SlowestUsd = design.Functions.Select(function => (function.IsArm, function.Memory, GigabyteSeconds: pipeline.GigabyteSecondsOf(function)))
                .Concat(design.ScheduledFunctions.Select(function => (function.IsArm, function.Memory, GigabyteSeconds: pipeline.GigabyteSecondsOf(function))))
                .Sum(function =>
                {
                    var price = prices[function.IsArm ? "lambda.arm64" : "lambda.x86_64"];
                    return function.GigabyteSeconds * (Math.Max(1, MegabytesPerCore / function.Memory) - 1) * price.Usd / price.Per;
                }),
            NotCounted =
            [
                .. design.NotCounted,
                .. design.Functions.Where(function => !measured.Has(function.Name)).Select(function => $"the time of {function.Name}, which no measured run had"),
            ],
        };
    }
}

/// <summary>A function's part of the bill.</summary>
/// <param name="Name">Its logical id.</param>
/// <param name="Batches">The batches that it gets; of a scheduled function, its runs.</param>
/// <param name="Milliseconds">Billed for one.</param>
/// <param name="GigabyteSeconds">A month.</param>
internal readonly record struct FunctionCost(string Name, Batches Batches, decimal Milliseconds, decimal GigabyteSeconds);
