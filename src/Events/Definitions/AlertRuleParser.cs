using System.Globalization;
using System.Text.Json;
using Analytics.Events.Patterns;
using static Analytics.Events.Definitions.DefinitionsParser;

namespace Analytics.Events.Definitions;

/// <summary>Parses and validates a rule under <c>alerts</c>.</summary>
internal static class AlertRuleParser
{
    private const int MaxSubjectLength = 100;
    private const string CommonMembers = "name, type, description, severity, subject, text, cooldown, enabled";

    /// <summary>Parses the rule at the reader's position. The default <c>type</c> is <c>match</c>.</summary>
    /// <exception cref="DefinitionsFault">The rule is invalid.</exception>
    public static AlertRule Parse(ref Utf8JsonReader reader, string path)
    {
        var type = ReadType(reader, path);
        var members = new Members(ref reader, path);
        string? ruleName = null;
        var description = "";
        var severity = AlertSeverity.Warning;
        AlertTemplate? subject = null;
        AlertTemplate? text = null;
        AlertCooldown? cooldown = null;
        var isEnabled = true;
        Pattern? pattern = null;
        IReadOnlyList<FieldPath> fields = [];
        var window = new WindowMembers();
        while (members.Next(ref reader, out var name, out var at))
        {
            switch (name)
            {
                case "name":
                    ruleName = ParseName(ref reader, at);
                    break;
                case "type":
                    break;
                case "description":
                    description = ReadString(ref reader, at);
                    break;
                case "severity":
                    severity = ParseSeverity(ref reader, at);
                    break;
                case "subject":
                    subject = ParseSubject(ref reader, at, type);
                    break;
                case "text":
                    text = ParseTemplate(ref reader, at, type);
                    break;
                case "cooldown":
                    cooldown = ParseCooldown(ref reader, at, type);
                    break;
                case "enabled":
                    isEnabled = reader.TokenType switch
                    {
                        JsonTokenType.True => true,
                        JsonTokenType.False => false,
                        _ => throw new DefinitionsFault(at, $"expected true or false, found {PatternParser.Describe(reader.TokenType)}."),
                    };
                    break;
                case "pattern" when type == AlertRuleType.Match:
                    pattern = ParsePattern(ref reader, at);
                    break;
                case "fields" when type == AlertRuleType.Match:
                    fields = ParseDistinctList(ref reader, at, ParseField);
                    break;
                default:
                    if (type == AlertRuleType.Match || !window.TryRead(ref reader, name, at, type))
                    {
                        throw Unknown(at, type switch
                        {
                            AlertRuleType.Match => $"{CommonMembers}, pattern or fields",
                            AlertRuleType.Threshold => $"{CommonMembers}, counter, window, per, percentile, share_of or when",
                            _ => $"{CommonMembers}, counter, window, per, percentile or sensitivity",
                        });
                    }

                    break;
            }
        }

        ruleName ??= Missing<string>(path, "name");
        subject ??= Missing<AlertTemplate>(path, "subject");
        if (type == AlertRuleType.Match)
        {
            return new MatchRule
            {
                Name = ruleName,
                Description = description,
                Severity = severity,
                Subject = subject,
                Text = text,
                Cooldown = cooldown,
                IsEnabled = isEnabled,
                Pattern = pattern ?? Missing<Pattern>(path, "pattern"),
                Fields = fields.Count is > 0 and <= MatchRule.MaxFields
                    ? fields
                    : throw new DefinitionsFault($"{path}.fields", $"expected 1 to {MatchRule.MaxFields} fields."),
            };
        }

        var counter = window.Counter ?? Missing<string>(path, "counter");
        if (type == AlertRuleType.Threshold)
        {
            var (comparison, threshold) = window.When ?? throw DefinitionsParser.Missing(path, "when");
            return new ThresholdRule
            {
                Name = ruleName,
                Description = description,
                Severity = severity,
                Subject = subject,
                Text = text,
                Cooldown = cooldown,
                IsEnabled = isEnabled,
                Counter = counter,
                Window = window.Window,
                IsPerValue = window.IsPerValue,
                Percentile = window.Percentile,
                ShareOf = window.ShareOf,
                Comparison = comparison,
                Threshold = threshold,
            };
        }

        return new AnomalyRule
        {
            Name = ruleName,
            Description = description,
            Severity = severity,
            Subject = subject,
            Text = text,
            Cooldown = cooldown,
            IsEnabled = isEnabled,
            Counter = counter,
            Window = window.Window,
            IsPerValue = window.IsPerValue,
            Percentile = window.Percentile,
            Sensitivity = window.Sensitivity,
        };
    }

    /// <summary>Validates the rules against the counters that they refer to.</summary>
    /// <exception cref="DefinitionsFault">A counter does not exist or does not suit a rule.</exception>
    public static void Check(IReadOnlyList<AlertRule> rules, IReadOnlyList<CounterDefinition> counters)
    {
        if (rules.Count > AlertRule.MaxRules)
        {
            throw new DefinitionsFault("alerts", $"expected at most {AlertRule.MaxRules}, found {rules.Count}.");
        }

        for (var index = 0; index < rules.Count; index++)
        {
            if (rules[index] is WindowRule rule)
            {
                Check(rule, $"alerts[{index}]", counters);
            }
        }
    }

    private static void Check(WindowRule rule, string path, IReadOnlyList<CounterDefinition> counters)
    {
        var counter = Find(rule.Counter, $"{path}.counter", rule.Window, counters);
        if (rule.IsPerValue && counter.By.Count == 0)
        {
            throw new DefinitionsFault($"{path}.per", $"the counter {counter.Name} has no 'by', so it has no values; expected total.");
        }

        if (!rule.IsPerValue && counter.By.Count > 0 && counter.Measure is (Measure.Distinct or Measure.Percentiles))
        {
            throw new DefinitionsFault($"{path}.per", $"the counter {counter.Name} has 'by', and its measure has no total; expected value, or a counter without 'by'.");
        }

        if (counter.Measure == Measure.Percentiles != rule.Percentile is not null)
        {
            throw new DefinitionsFault($"{path}.percentile", rule.Percentile is null ? "missing; the counter's measure is percentiles: give 50, 95 or 99." : "only a counter with the measure percentiles has it.");
        }

        if (rule is ThresholdRule { ShareOf: { } whole })
        {
            var other = Find(whole, $"{path}.share_of", rule.Window, counters);
            if (counter.Measure != Measure.Count || other.Measure != Measure.Count)
            {
                throw new DefinitionsFault($"{path}.share_of", "a share needs two counters with the measure count.");
            }
        }
    }

    private static CounterDefinition Find(string name, string path, CounterWindow window, IReadOnlyList<CounterDefinition> counters)
    {
        var counter = counters.FirstOrDefault(counter => counter.Name == name)
            ?? throw new DefinitionsFault(path, $"there is no counter '{name}'.");
        return counter.Windows.Contains(window)
            ? counter
            : throw new DefinitionsFault(path, $"the counter {name} has no {window.ToString().ToLowerInvariant()} windows; add the window to it.");
    }

    // A copy of the reader looks ahead, because the meaning of the other members depends on the type, which may come later.
    private static AlertRuleType ReadType(Utf8JsonReader reader, string path)
    {
        var members = new Members(ref reader, path);
        while (members.Next(ref reader, out var name, out var at))
        {
            if (name == "type")
            {
                return ReadString(ref reader, at) switch
                {
                    "match" => AlertRuleType.Match,
                    "threshold" => AlertRuleType.Threshold,
                    "anomaly" => AlertRuleType.Anomaly,
                    _ => throw new DefinitionsFault(at, "expected match, threshold or anomaly."),
                };
            }

            reader.Skip();
        }

        return AlertRuleType.Match;
    }

    private static AlertSeverity ParseSeverity(ref Utf8JsonReader reader, string path) => ReadString(ref reader, path) switch
    {
        "info" => AlertSeverity.Info,
        "warning" => AlertSeverity.Warning,
        "critical" => AlertSeverity.Critical,
        _ => throw new DefinitionsFault(path, "expected info, warning or critical."),
    };

    private static AlertTemplate ParseSubject(ref Utf8JsonReader reader, string path, AlertRuleType type)
    {
        // https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
        var subject = ReadString(ref reader, path);
        return subject.Length is > 0 and <= MaxSubjectLength && subject[0] != ' ' && subject.All(letter => letter is >= ' ' and <= '~')
            ? ParseTemplate(subject, path, type)
            : throw new DefinitionsFault(path, $"expected 1 to {MaxSubjectLength} printable ASCII characters, the first not a space, as SNS requires.");
    }

    private static AlertTemplate ParseTemplate(ref Utf8JsonReader reader, string path, AlertRuleType type) =>
        ParseTemplate(ReadString(ref reader, path), path, type);

    private static AlertTemplate ParseTemplate(string text, string path, AlertRuleType type)
    {
        var names = AlertPlaceholders.GetNames(type);
        try
        {
            return AlertTemplate.Parse(text, name => names.Contains(name) || (type == AlertRuleType.Match && FieldPath.TryParse(name, out _)));
        }
        catch (FormatException exception)
        {
            throw new DefinitionsFault(path, exception.Message);
        }
    }

    private static AlertCooldown ParseCooldown(ref Utf8JsonReader reader, string path, AlertRuleType type)
    {
        var members = new Members(ref reader, path);
        TimeSpan? period = null;
        IReadOnlyList<FieldPath> by = [];
        while (members.Next(ref reader, out var name, out var at))
        {
            switch (name)
            {
                case "period":
                    period = ParseDuration(ref reader, at, "mhd", AlertCooldown.MinPeriod, AlertCooldown.MaxPeriod, "minutes, hours or days such as 10m, 2h or 1d, from 1m to 7d");
                    break;
                case "by" when type == AlertRuleType.Match:
                    by = ParseDistinctList(ref reader, at, ParseField);
                    break;
                default:
                    throw Unknown(at, type == AlertRuleType.Match ? "period or by" : "period");
            }
        }

        return by.Count <= AlertCooldown.MaxBy
            ? new AlertCooldown { Period = period ?? throw DefinitionsParser.Missing(path, "period"), By = by }
            : throw new DefinitionsFault($"{path}.by", $"expected at most {AlertCooldown.MaxBy} fields, found {by.Count}.");
    }

    private static T Missing<T>(string path, string member) => throw DefinitionsParser.Missing(path, member);

    /// <summary>The members of rules on windows.</summary>
    private struct WindowMembers()
    {
        public string? Counter { get; private set; }

        public CounterWindow Window { get; private set; } = CounterWindow.Minute;

        public bool IsPerValue { get; private set; }

        public int? Percentile { get; private set; }

        public string? ShareOf { get; private set; }

        public (AlertComparison Comparison, decimal Threshold)? When { get; private set; }

        public AlertSensitivity Sensitivity { get; private set; } = AlertSensitivity.Medium;

        /// <summary>Parses a member. Returns false if the rule type has no member with that name.</summary>
        public bool TryRead(ref Utf8JsonReader reader, string name, string path, AlertRuleType type)
        {
            switch (name)
            {
                case "counter":
                    Counter = ParseName(ref reader, path);
                    return true;
                case "window":
                    Window = ParseWindow(ref reader, path);
                    return true;
                case "per":
                    IsPerValue = ReadString(ref reader, path) switch
                    {
                        "value" => true,
                        "total" => false,
                        _ => throw new DefinitionsFault(path, "expected value or total."),
                    };
                    return true;
                case "percentile":
                    Percentile = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var percentile) && percentile is 50 or 95 or 99
                        ? percentile
                        : throw new DefinitionsFault(path, "expected 50, 95 or 99.");
                    return true;
                case "share_of" when type == AlertRuleType.Threshold:
                    ShareOf = ParseName(ref reader, path);
                    return true;
                case "when" when type == AlertRuleType.Threshold:
                    When = ParseWhen(ref reader, path);
                    return true;
                case "sensitivity" when type == AlertRuleType.Anomaly:
                    Sensitivity = ReadString(ref reader, path) switch
                    {
                        "low" => AlertSensitivity.Low,
                        "medium" => AlertSensitivity.Medium,
                        "high" => AlertSensitivity.High,
                        _ => throw new DefinitionsFault(path, "expected low, medium or high."),
                    };
                    return true;
                default:
                    return false;
            }
        }

        private static (AlertComparison Comparison, decimal Threshold) ParseWhen(ref Utf8JsonReader reader, string path)
        {
            var members = new Members(ref reader, path);
            (AlertComparison Comparison, decimal Threshold)? when = null;
            while (members.Next(ref reader, out var name, out var at))
            {
                if (when is not null)
                {
                    throw new DefinitionsFault(at, "expected one comparison only.");
                }

                var comparison = name switch
                {
                    "above" => AlertComparison.Above,
                    "at_least" => AlertComparison.AtLeast,
                    "below" => AlertComparison.Below,
                    "at_most" => AlertComparison.AtMost,
                    _ => throw Unknown(at, "above, at_least, below or at_most"),
                };
                when = reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var threshold)
                    ? (comparison, threshold)
                    : throw new DefinitionsFault(at, $"expected a number within {decimal.MaxValue.ToString(CultureInfo.InvariantCulture)}.");
            }

            return when ?? throw new DefinitionsFault(path, "expected above, at_least, below or at_most.");
        }
    }
}
