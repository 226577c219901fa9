using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Deployment;
using Analytics.Cli.Shared.Output;
using Analytics.Local.Template;

namespace Analytics.Cli.Cost;

/// <summary><c>analytics cost</c>: estimates the monthly cost of the pipeline.</summary>
internal static class CostCommand
{
    private const string ShardCount = "ShardCount";
    private const int DefaultEventBytes = 400;

    public static Command Create(CommandContext context)
    {
        var events = new Option<string>("--events") { Description = "Event rate: a number and /s, /min, /h or /day, such as 1000/s.", HelpName = "RATE", Required = true };
        var size = new Option<int>("--size") { Description = "Bytes per event.", HelpName = "BYTES", DefaultValueFactory = _ => DefaultEventBytes };
        var template = new TemplateOptions();
        var measured = new Option<string[]>("--measured")
        {
            Description = "summary.json of your own run, in place of the shipped measurements; at least two, repeatable.",
            HelpName = "FILE",
            DefaultValueFactory = _ => [],
        };
        var details = new Option<bool>("--details") { Description = "Also print each line of each bill and the batches." };
        var scaling = new Option<bool>("--scaling") { Description = "Print the demand on limited resources, such as shards, and AWS's quotas instead of bills." };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new Verb(
            "cost",
            "Estimate the monthly cost at AWS's list prices, compared with the designs that it replaces.",
            "analytics cost --events 1000/s --size 400",
            "analytics cost --events 50/day --parameter ResultsEnabled=false --details")
        {
            events, size,
        };
        template.AddTo(command);
        foreach (var option in (Option[])[measured, details, scaling, json])
        {
            command.Options.Add(option);
        }

        size.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && long.TryParse(token.Value, CultureInfo.InvariantCulture, out var bytes) && bytes is < 1 or > Load.MaxEventBytes)
            {
                result.AddError($"--size must be from 1 to {Terminal.Number(Load.MaxEventBytes)}, the maximum size of a record.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var load = new Load(Load.ParseRate(parsed.GetValue(events)!), parsed.GetValue(size));
            var parameters = template.Parameters(parsed);
            var outline = await StackOutline.LoadAsync(template.File(parsed, context), parameters);
            var design = DesignFor(load, outline, parameters);
            var runs = parsed.GetValue(measured)!;
            var measurements = runs.Length == 0
                ? Measurements.Load()
                : Measurements.FromRuns(string.Join(", ", runs), [.. runs.Select(file => Measurements.ReadSummary(context.GetFullPath(file)))]);
            var report = CostReport.Create(load, design, measurements, PriceTable.Load());
            if (parsed.GetValue(scaling))
            {
                var quotas = QuotaTable.Load();
                ScalingText.Print(report, Scaling.Create(load, design, measurements, quotas), quotas, context.Terminal);
            }
            else if (parsed.GetValue(json))
            {
                await context.Terminal.Out.WriteAsync(CostJson.Write(report));
            }
            else
            {
                CostText.Print(report, parsed.GetValue(details), context.Terminal);
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Reads the design from the template, with the given number of shards or as many as the load needs.</summary>
    private static PipelineDesign DesignFor(Load load, StackOutline outline, IReadOnlyDictionary<string, string> parameters)
    {
        var design = PipelineDesign.From(outline);
        if (design.IsOnDemand || !parameters.ContainsKey(ShardCount))
        {
            return design with { Shards = StreamCapacity.ShardsFor(load, design.SharedReaders) };
        }

        var least = StreamCapacity.GetMinimum(load, design.SharedReaders);
        return design.Shards >= least
            ? design
            : throw new UserException($"{ShardCount}={design.Shards} is too few: this load needs at least {Terminal.Number(least)} shards (1,000 records and 1 MB per second in, 2 MB out to {design.SharedReaders} readers). Omit it or set a higher number.");
    }
}
