using System.Globalization;
using System.Text.Json;
using Analytics.Events.Patterns;

namespace Analytics.Events.Definitions;

/// <summary>Parses and validates the JSON of definitions; every error names its path and what is expected there.</summary>
internal static class DefinitionsParser
{
    private const int MaxNameLength = 64;
    private const int MaxLimit = 1_000_000;

    private static readonly TimeSpan MaxRetention = TimeSpan.FromDays(3650);

    internal delegate T ItemParser<out T>(ref Utf8JsonReader reader, string path);

    /// <summary>Parses definitions.</summary>
    /// <exception cref="DefinitionsFault">The definitions are invalid.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static Definitions Parse(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        var members = new Members(ref reader, "");
        IReadOnlyList<CounterDefinition> counters = [];
        IReadOnlyList<AlertRule> alerts = [];
        while (members.Next(ref reader, out var name, out var path))
        {
            switch (name)
            {
                case "$schema":
                    ReadString(ref reader, path);
                    break;
                case "counters":
                    counters = ParseList(ref reader, path, ParseCounter);
                    break;
                case "alerts":
                    alerts = ParseList(ref reader, path, AlertRuleParser.Parse);
                    break;
                default:
                    throw Unknown(path, "counters, alerts or $schema");
            }
        }

        reader.Read();
        CheckUnique(counters.Select(counter => counter.Name), "counters");
        CheckUnique(alerts.Select(alert => alert.Name), "alerts");
        AlertRuleParser.Check(alerts, counters);
        return new Definitions { Counters = counters, Alerts = alerts, Source = utf8Json.ToArray() };
    }

    private static CounterDefinition ParseCounter(ref Utf8JsonReader reader, string path)
    {
        var members = new Members(ref reader, path);
        string? counterName = null;
        var description = "";
        Pattern? pattern = null;
        Pattern? where = null;
        Measure? measure = null;
        FieldPath? field = null;
        FieldPath? last = null;
        IReadOnlyList<FieldPath> by = [];
        IReadOnlyList<CounterWindow>? windows = null;
        var limit = CounterDefinition.DefaultLimit;
        var retention = CounterDefinition.DefaultRetention;
        while (members.Next(ref reader, out var name, out var at))
        {
            switch (name)
            {
                case "name":
                    counterName = ParseName(ref reader, at);
                    break;
                case "description":
                    description = ReadString(ref reader, at);
                    break;
                case "pattern":
                    pattern = ParsePattern(ref reader, at);
                    break;
                case "where":
                    where = ParsePattern(ref reader, at);
                    break;
                case "measure":
                    measure = ParseMeasure(ref reader, at);
                    break;
                case "field":
                    field = ParseField(ref reader, at);
                    break;
                case "last":
                    last = ParseField(ref reader, at);
                    break;
                case "by":
                    by = ParseDistinctList(ref reader, at, ParseField);
                    break;
                case "windows":
                    windows = ParseDistinctList(ref reader, at, ParseWindow);
                    break;
                case "limit":
                    limit = ParseLimit(ref reader, at);
                    break;
                case "retention":
                    retention = ParseRetention(ref reader, at);
                    break;
                default:
                    throw Unknown(at, "name, description, pattern, measure, field, where, by, windows, limit, retention or last");
            }
        }

        var counter = new CounterDefinition
        {
            Name = counterName ?? throw Missing(path, "name"),
            Description = description,
            Pattern = pattern ?? throw Missing(path, "pattern"),
            Measure = measure ?? throw Missing(path, "measure"),
            Field = field,
            Where = where,
            By = by,
            Windows = windows ?? throw Missing(path, "windows"),
            Limit = limit,
            Retention = retention,
            Last = last,
        };
        Check(counter, path);
        return counter;
    }

    private static void Check(CounterDefinition counter, string path)
    {
        var needsField = counter.Measure is not (Measure.Count or Measure.Rate);
        if (needsField && counter.Field is null)
        {
            throw new DefinitionsFault($"{path}.field", "missing; the measure needs a field.");
        }

        if (!needsField && counter.Field is not null)
        {
            throw new DefinitionsFault($"{path}.field", "the measures count and rate have no field.");
        }

        if (counter.Measure == Measure.Rate != counter.Where is not null)
        {
            throw new DefinitionsFault($"{path}.where", counter.Where is null ? "missing; the measure rate needs the pattern of the share." : "only the measure rate has it.");
        }

        if (counter.By.Count > CounterDefinition.MaxBy)
        {
            throw new DefinitionsFault($"{path}.by", $"expected at most {CounterDefinition.MaxBy} fields, found {counter.By.Count}.");
        }

        if (counter.Windows.Count == 0)
        {
            throw new DefinitionsFault($"{path}.windows", "expected at least one of minute, hour, day.");
        }
    }

    internal static Pattern ParsePattern(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return Pattern.Parse(ref reader, PatternTarget.Event);
        }
        catch (PatternException exception)
        {
            throw new DefinitionsFault(exception.Path.Length == 0 ? path : $"{path}.{exception.Path}", exception.Fault);
        }
    }

    internal static string ParseName(ref Utf8JsonReader reader, string path)
    {
        var name = ReadString(ref reader, path);
        return name.Length is > 0 and <= MaxNameLength && char.IsAsciiLetterLower(name[0])
            && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_')
            ? name
            : throw new DefinitionsFault(path, $"expected lower-case letters, digits and underscores, a letter first, at most {MaxNameLength}.");
    }

    private static Measure ParseMeasure(ref Utf8JsonReader reader, string path) => ReadString(ref reader, path) switch
    {
        "count" => Measure.Count,
        "sum" => Measure.Sum,
        "min" => Measure.Min,
        "max" => Measure.Max,
        "average" => Measure.Average,
        "distinct" => Measure.Distinct,
        "percentiles" => Measure.Percentiles,
        "rate" => Measure.Rate,
        _ => throw new DefinitionsFault(path, "expected count, sum, min, max, average, distinct, percentiles or rate."),
    };

    internal static CounterWindow ParseWindow(ref Utf8JsonReader reader, string path) => ReadString(ref reader, path) switch
    {
        "minute" => CounterWindow.Minute,
        "hour" => CounterWindow.Hour,
        "day" => CounterWindow.Day,
        _ => throw new DefinitionsFault(path, "expected minute, hour or day."),
    };

    internal static FieldPath ParseField(ref Utf8JsonReader reader, string path) =>
        FieldPath.TryParse(ReadString(ref reader, path), out var field)
            ? field
            : throw new DefinitionsFault(path, "not a field of events; expected a canonical name such as page_url, or data.x.y for the producer's own JSON.");

    private static int ParseLimit(ref Utf8JsonReader reader, string path) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var limit) && limit is > 0 and <= MaxLimit
            ? limit
            : throw new DefinitionsFault(path, string.Create(CultureInfo.InvariantCulture, $"expected a whole number from 1 to {MaxLimit}."));

    private static TimeSpan ParseRetention(ref Utf8JsonReader reader, string path) =>
        ParseDuration(ref reader, path, "dh", TimeSpan.FromTicks(1), MaxRetention, $"days or hours such as 90d or 36h, at most {MaxRetention.Days}d");

    /// <summary>Parses a duration: a whole number and one of the units m, h and d.</summary>
    internal static TimeSpan ParseDuration(ref Utf8JsonReader reader, string path, string units, TimeSpan min, TimeSpan max, string expected)
    {
        var text = ReadString(ref reader, path);
        if (text.Length is > 1 and <= 7
            && units.Contains(text[^1], StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            var duration = text[^1] switch
            {
                'd' => TimeSpan.FromDays(count),
                'h' => TimeSpan.FromHours(count),
                _ => TimeSpan.FromMinutes(count),
            };
            if (duration >= min && duration <= max)
            {
                return duration;
            }
        }

        throw new DefinitionsFault(path, $"expected {expected}.");
    }

    internal static string ReadString(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new DefinitionsFault(path, $"expected a string, found {PatternParser.Describe(reader.TokenType)}.");
        }

        return ReadText(ref reader, path);
    }

    private static string ReadText(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new DefinitionsFault(path, "the text is not valid Unicode.");
        }
    }

    internal static List<T> ParseList<T>(ref Utf8JsonReader reader, string path, ItemParser<T> parse)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new DefinitionsFault(path, $"expected an array, found {PatternParser.Describe(reader.TokenType)}.");
        }

        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(parse(ref reader, $"{path}[{items.Count}]"));
        }

        return items;
    }

    internal static List<T> ParseDistinctList<T>(ref Utf8JsonReader reader, string path, ItemParser<T> parse)
    {
        var items = ParseList(ref reader, path, parse);
        for (var index = 1; index < items.Count; index++)
        {
            if (items.IndexOf(items[index]) < index)
            {
                throw new DefinitionsFault($"{path}[{index}]", "given twice.");
            }
        }

        return items;
    }

    private static void CheckUnique(IEnumerable<string> names, string path)
    {
        var seen = new HashSet<string>();
        var index = 0;
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw new DefinitionsFault($"{path}[{index}].name", $"the name '{name}' is already used.");
            }

            index++;
        }
    }

    internal static DefinitionsFault Missing(string path, string member) => new($"{path}.{member}", "missing.");

    internal static DefinitionsFault Unknown(string path, string expected) => new(path, $"unknown; expected {expected}.");

    /// <summary>Enumerates the members of the object at the reader's position.</summary>
    internal readonly struct Members
    {
        private readonly string _path;
        private readonly HashSet<string> _seen = [];

        public Members(ref Utf8JsonReader reader, string path)
        {
            _path = path;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new DefinitionsFault(path, $"expected an object, found {PatternParser.Describe(reader.TokenType)}.");
            }
        }

        /// <summary>Moves the reader to the value of the next member. Returns false at the end of the object.</summary>
        public bool Next(ref Utf8JsonReader reader, out string name, out string path)
        {
            name = "";
            path = _path;
            if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            {
                return false;
            }

            name = ReadText(ref reader, _path);
            path = _path.Length == 0 ? name : $"{_path}.{name}";
            reader.Read();
            return _seen.Add(name) ? true : throw new DefinitionsFault(path, "given twice.");
        }
    }
}
