using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Targets;
using Analytics.Counting;
using Analytics.Events.Definitions;

namespace Analytics.Cli.Counters;

/// <summary><c>analytics counters</c>: shows counter values.</summary>
internal static class CountersCommand
{
    // A column is shown if any value has content for it.
    private static readonly (string Header, Func<CounterValue, string?> Cell)[] Measures =
    [
        ("Sum", value => Number(value.Sum)),
        ("Average", value => Number(value.Average)),
        ("Minimum", value => Number(value.Min)),
        ("Maximum", value => Number(value.Max)),
        ("Distinct", value => Number(value.Distinct)),
        ("Rate", value => value.Rate?.ToString("P1", CultureInfo.InvariantCulture)),
        ("P50", value => Number((decimal?)value.Percentiles?.P50)),
        ("P95", value => Number((decimal?)value.Percentiles?.P95)),
        ("P99", value => Number((decimal?)value.Percentiles?.P99)),
        ("Last", value => value.Last is { } last ? Printable(last) : null),
    ];

    public static Command Create(CommandContext context)
    {
        var name = new Argument<string?>("name") { Description = "The counter. Default: all counters.", Arity = ArgumentArity.ZeroOrOne };
        var last = new Option<string>("--last") { Description = "Time range up to now, such as 30m, 1h or 7d.", HelpName = "TIME", DefaultValueFactory = _ => "1h" };
        var from = new Option<string?>("--from") { Description = "Start of the time range, such as 2026-03-01T12:00:00Z, instead of --last.", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "Windows that start before this time. Default: now.", HelpName = "TIME" };
        var window = new Option<CounterWindow?>("--window") { Description = "Window size. Default: the counter's largest one that fits the time range.", HelpName = "minute|hour|day" };
        var value = new Option<string?>("--value") { Description = "Show only this value, as written in the table.", HelpName = "VALUE" };
        var top = new Option<int?>("--top") { Description = "Show only the N highest values of each window.", HelpName = "N" };
        top.Validators.Add(result => OptionRules.AtLeast(result, 1));
        var json = new Option<bool>("--json") { Description = "Print one line of JSON per value." };
        var stack = Pipeline.StackOption();
        var command = new Verb(
            "counters",
            "Show counter values.",
            "analytics counters",
            "analytics counters page_views --last 1d --top 10",
            "analytics counters revenue --from 2026-03-01T00:00:00Z --window day --json")
        {
            name, last, from, to, window, value, top, json, stack,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var now = context.Clock.GetUtcNow();
            var end = parsed.GetValue(to) is { } until ? TimeArgument.Parse("--to", until) : now;
            var start = parsed.GetValue(from) is { } since ? TimeArgument.Parse("--from", since) : end - TimeArgument.ParseLength(parsed.GetValue(last)!);
            if (start >= end)
            {
                throw new UsageException("--from must be before --to.");
            }

            var definitions = DefinitionsFile.Load(context.TemplateFile);
            var counters = Choose(definitions, parsed.GetValue(name));
            using var pipeline = await Pipeline.FindAsync(parsed.GetValue(stack), context, cancellationToken);
            var reader = new CounterReader(pipeline.DynamoDb, pipeline.Resource(ResourceNames.CountersTable));
            var values = new List<CounterValue>();
            foreach (var counter in counters)
            {
                var length = parsed.GetValue(window) ?? WindowFor(counter, end - start);
                var query = new CounterQuery { Counter = counter.Name, Window = length, From = start, To = end };
                values.AddRange(await ReadAsync(reader, query, parsed.GetValue(value), parsed.GetValue(top), cancellationToken));
            }

            Print(values, parsed.GetValue(json), context.Terminal);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Returns the largest of a counter's windows that fits a time range, or its smallest window.</summary>
    internal static CounterWindow WindowFor(CounterDefinition counter, TimeSpan span)
    {
        var windows = counter.Windows.Order().ToList();
        return windows.LastOrDefault(window => window.GetLength() <= span, windows[0]);
    }

    private static IReadOnlyList<CounterDefinition> Choose(Definitions definitions, string? name) =>
        name is null ? definitions.Counters
        : definitions.Counters.FirstOrDefault(counter => counter.Name == name) is { } found ? [found]
        : throw new UserException($"there is no counter {name} in {Definitions.FileName}. It has: {string.Join(", ", definitions.Counters.Select(counter => counter.Name))}.");

    private static async Task<IEnumerable<CounterValue>> ReadAsync(
        CounterReader reader, CounterQuery query, string? wanted, int? top, CancellationToken cancellationToken)
    {
        var values = new List<CounterValue>();
        await foreach (var value in reader.QueryAsync(query, cancellationToken))
        {
            if (wanted is null || value.Value == wanted)
            {
                values.Add(value);
            }
        }

        return top is { } most ? values.GroupBy(value => value.Start).SelectMany(start => start.OrderByDescending(value => value.Count).Take(most)) : values;
    }

    private static void Print(List<CounterValue> values, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            values.ForEach(value => terminal.Out.WriteLine(CounterJson.Write(value)));
            return;
        }

        if (values.Count == 0)
        {
            terminal.Out.WriteLine("No values in that time range.");
            return;
        }

        var measures = Array.FindAll(Measures, measure => values.Exists(value => measure.Cell(value) is not null));
        Columns.Print(
            terminal,
            ["Counter", "Window", "Start", "Value", "Count", .. measures.Select(measure => measure.Header)],
            [false, false, false, false, true, .. measures.Select(measure => measure.Header != "Last")],
            values.Select(value => (string[])
            [
                value.Counter,
                value.Window.ToString().ToLowerInvariant(),
                value.Start.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                Printable(value.Value),
                Terminal.Number(value.Count),
                .. measures.Select(measure => measure.Cell(value) ?? ""),
            ]));
    }

    private static string? Number(decimal? value) => value?.ToString("#,0.####", CultureInfo.InvariantCulture);

    private static string Printable(string text) => string.Concat(text.Select(one => char.IsControl(one) ? '\uFFFD' : one));
}
