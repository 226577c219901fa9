namespace Analytics.Cli.Cost;

/// <summary>The output of <c>analytics cost</c>.</summary>
internal sealed record CostReport
{
    /// <summary>Memory at which Lambda gives a function one full vCPU (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).</summary>
    private const decimal MegabytesPerCore = 1_769;

    /// <summary>The load.</summary>
    public required Load Load { get; init; }

    /// <summary>The properties of the template that determine cost.</summary>
    public required PipelineDesign Design { get; init; }

    /// <summary>The price table.</summary>
    public required PriceTable Prices { get; init; }

    /// <summary>The origin of the measurements.</summary>
    public required string Measured { get; init; }

    /// <summary>The bill of this design, then those of the designs that it replaces.</summary>
    public required IReadOnlyList<Bill> Bills { get; init; }

    /// <summary>The cost of each function.</summary>
    public required IReadOnlyList<FunctionCost> Functions { get; init; }

    /// <summary>Additional cost of this design if all measured time were CPU time and none waiting: Lambda gives a function only a share of a core.</summary>
    public required decimal SlowestUsd { get; init; }

    /// <summary>Costs that the bill does not include.</summary>
    public required IReadOnlyList<string> NotCounted { get; init; }

    /// <summary>The services that appear in any bill, in the order of the price table.</summary>
    public IEnumerable<string> Services => Prices.Prices.Select(price => price.Service).Distinct().Where(service => Bills.Any(bill => bill.GetUsd(service) > 0));

    /// <summary>Computes the report.</summary>
    public static CostReport Create(Load load, PipelineDesign design, Measurements measured, PriceTable prices)
    {
        var pipeline = new PipelineBill(load, design, measured);
        var bill = pipeline.Compute(prices);
        return new CostReport
        {
            Load = load,
            Design = design,
            Prices = prices,
            Measured = measured.Origin,
            Bills = [bill, .. new ReferenceBills(load, design.Shards, measured).Compute(prices)],
            Functions =
            [
                .. design.Functions.Select(function => new FunctionCost(
                    function.Name, pipeline.GetBatches(function), pipeline.GetMilliseconds(function), pipeline.GetGigabyteSeconds(function))),
                .. design.ScheduledFunctions.Select(function => new FunctionCost(
                    function.Name, new Batches(0, function.RunsPerMonth), pipeline.GetMilliseconds(function), pipeline.GetGigabyteSeconds(function))),
            ],
            SlowestUsd = design.Functions.Select(function => (function.IsArm, function.Memory, GigabyteSeconds: pipeline.GetGigabyteSeconds(function)))
                .Concat(design.ScheduledFunctions.Select(function => (function.IsArm, function.Memory, GigabyteSeconds: pipeline.GetGigabyteSeconds(function))))
                .Sum(function =>
                {
                    var price = prices[function.IsArm ? "lambda.arm64" : "lambda.x86_64"];
                    return function.GigabyteSeconds * (Math.Max(1, MegabytesPerCore / function.Memory) - 1) * price.Usd / price.Per;
                }),
            NotCounted =
            [
                .. design.NotCounted,
                .. design.Functions.Where(function => !measured.Has(function.Name)).Select(function => $"the duration of {function.Name}, which no measured run includes"),
            ],
        };
    }
}

/// <summary>A function's share of the bill.</summary>
/// <param name="Name">Its logical ID.</param>
/// <param name="Batches">The batches that it processes; for a scheduled function, its runs.</param>
/// <param name="Milliseconds">Billed milliseconds per batch.</param>
/// <param name="GigabyteSeconds">GB-seconds per month.</param>
internal readonly record struct FunctionCost(string Name, Batches Batches, decimal Milliseconds, decimal GigabyteSeconds);
