using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Output;
using Analytics.Cli.Shared.Targets;
using Analytics.Counting;
using Analytics.Events.Definitions;

namespace Analytics.Cli.Counters;

/// <summary><c>analytics counters</c>: what the counters have come to.</summary>
internal static class CountersCommand
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // A column stands in the table where a value has something for it.
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
        var name = new Argument<string?>("name") { Description = "The counter; all when not given.", Arity = ArgumentArity.ZeroOrOne };
        var last = new Option<string>("--last") { Description = "How far back, such as 30m, 1h or 7d.", HelpName = "TIME", DefaultValueFactory = _ => "1h" };
        var from = new Option<string?>("--from") { Description = "From this time on, as 2026-03-01T12:00:00Z, in place of --last.", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "Windows that start before this time; now when not given.", HelpName = "TIME" };
        var window = new Option<CounterWindow?>("--window") { Description = "The windows' length; the longest of the counter that fits the time when not given.", HelpName = "minute|hour|day" };
        var value = new Option<string?>("--value") { Description = "Only this value, as the table shows it.", HelpName = "VALUE" };
        var top = new Option<int?>("--top") { Description = "Only so many values of each window, those that count most.", HelpName = "N" };
        top.Validators.Add(result => OptionRules.AtLeast(result, 1));
        var json = new Option<bool>("--json") { Description = "Print a line of JSON for each value." };
        var stack = Pipeline.StackOption();
        var command = new Command("counters", "Print what the counters have come to.") { name, last, from, to, window, value, top, json, stack };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var now = context.Clock.GetUtcNow();
            var end = parsed.GetValue(to) is { } until ? TimeArgument.Parse("--to", until) : now;
            var start = parsed.GetValue(from) is { } since ? TimeArgument.Parse("--from", since) : end - TimeArgument.ParseLength(parsed.GetValue(last)!);
            if (start >= end)
            {
                throw new UsageException("--from is not before --to. Give a span of time.");
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

    /// <summary>The longest of a counter's windows that fits a span, or its shortest.</summary>
    internal static CounterWindow WindowFor(CounterDefinition counter, TimeSpan span)
    {
        var windows = counter.Windows.Order().ToList();
        return windows.LastOrDefault(window => LengthOf(window) <= span, windows[0]);
    }

    private static TimeSpan LengthOf(CounterWindow window) => window switch
    {
        CounterWindow.Minute => TimeSpan.FromMinutes(1),
        CounterWindow.Hour => TimeSpan.FromHours(1),
        _ => Day,
    };

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
            terminal.Out.WriteLine("Nothing was counted in that time.");
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
