using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Messages;

/// <summary>
/// An alert formatted for SNS. <see cref="Message"/> is for <c>MessageStructure: json</c>: JSON for programs as <c>default</c>, a human-readable text as <c>email</c>,
/// and the subject as <c>sms</c>. It is ASCII; other characters are escaped.
/// </summary>
public sealed record AlertMessage
{
    /// <summary>The maximum length of a subject. SNS's reference says both "less than 100" and "up to 100 characters"; 99 satisfies both.</summary>
    public const int MaxSubjectLength = 99;

    /// <summary>The maximum length of a text from a record in the JSON, in UTF-16 characters; longer ones are truncated.</summary>
    public const int MaxTextLength = 512;

    /// <summary>The maximum length of the attribute <c>key</c>, in characters of the original.</summary>
    public const int MaxKeyLength = 128;

    private const int LabelWidth = 14;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.Default, SkipValidation = true };

    private AlertMessage(string id, string rule, string severity, string? key, string subject, string message)
    {
        Id = id;
        Rule = rule;
        Severity = severity;
        Key = key;
        Subject = subject;
        Message = message;
    }

    /// <summary>The stable identity, as an attribute and in the texts, by which a subscriber can deduplicate.</summary>
    public string Id { get; }

    /// <summary>The rule's name.</summary>
    public string Rule { get; }

    /// <summary>The rule's severity.</summary>
    public string Severity { get; }

    /// <summary>The key, safe for display, or null if there is none.</summary>
    public string? Key { get; }

    /// <summary>The subject: ASCII, at most <see cref="MaxSubjectLength"/> characters.</summary>
    public string Subject { get; }

    /// <summary>The texts by protocol, a JSON object.</summary>
    public string Message { get; }

    /// <summary>Formats an alert.</summary>
    /// <param name="content">The facts.</param>
    /// <param name="link">A link for people, from the configuration.</param>
    public static AlertMessage Create(AlertContent content, string? link)
    {
        ArgumentNullException.ThrowIfNull(content);
        var subject = PrintableText.Ascii(content.Rule.Subject.Fill(name => Shown(content, name)), MaxSubjectLength);
        if (subject.Length == 0)
        {
            // A subject that consists of placeholders, whose values may be in other scripts or empty.
            subject = content.Rule.Name;
        }

        var text = content.Rule.Text?.Fill(name => Shown(content, name));
        var email = WriteEmail(content, subject, text, link);
        var json = WriteJson(content, subject, text, link);
        var message = Write(writer =>
        {
            writer.WriteString("default"u8, json);
            writer.WriteString("email"u8, email);
            writer.WriteString("sms"u8, subject);
        });
        var key = content.Key is { Length: > 0 } ? PrintableText.Create(content.Key, MaxKeyLength) : null;
        return new AlertMessage(content.Id, content.Rule.Name, Name(content.Rule.Severity), key, subject, message);
    }

    private static string Shown(AlertContent content, string placeholder) => placeholder switch
    {
        AlertPlaceholders.Rule => content.Rule.Name,
        AlertPlaceholders.Severity => Name(content.Rule.Severity),
        AlertPlaceholders.Key => content.Key is { } key ? QuotedText.Create(key) : "(none)",
        AlertPlaceholders.Time => ForPeople(content.Time),
        AlertPlaceholders.HeldBack => (content.HeldBack ?? 0).ToString(CultureInfo.InvariantCulture),
        AlertPlaceholders.Counter when content.Measurement is { } of => of.Counter,
        AlertPlaceholders.Value when content.Measurement is { } of => Number(of.Value),
        AlertPlaceholders.Expected when content.Measurement is { } of => Range(content.Rule, of),
        AlertPlaceholders.Score when content.Measurement is { } of => Score(of),
        _ => content.Fields.Concat(content.TemplateFields).FirstOrDefault(field => field.Name == placeholder).Shown,
    };

    private static string WriteEmail(AlertContent content, string subject, string? text, string? link)
    {
        var rule = content.Rule;
        var email = new StringBuilder().Append(subject).Append('\n');
        if (text is not null)
        {
            email.Append(text).Append('\n');
        }

        email.Append('\n');
        Line("Rule", rule.Description.Length > 0 ? $"{rule.Name} ({Name(rule.Severity)}): {rule.Description}" : $"{rule.Name} ({Name(rule.Severity)})");
        Line("Time", content.Measurement is { } window ? $"{ForPeople(content.Time)} to {ForPeople(window.End)}" : ForPeople(content.Time));
        if (content.Key is { } key)
        {
            Line("Key", QuotedText.Create(key));
        }

        if (content.Measurement is { } measurement)
        {
            Line("Value", $"{Number(measurement.Value)} of {measurement.Counter}, expected {Range(rule, measurement)}");
            if (measurement.Score is not null)
            {
                Line("Score", Score(measurement));
            }
        }

        if (rule.Cooldown is not null || content.HeldBack > 0)
        {
            Line("Since last", Past(content, rule.Cooldown));
        }

        foreach (var field in content.Fields)
        {
            Line(field.Name, field.Shown);
        }

        email.Append('\n');
        if (content.Event is { } @event)
        {
            Line("Event", QuotedText.Create(@event.EventId));
            Line("Record", $"{@event.ShardId}, sequence number {@event.SequenceNumber}, arrived {ForPeople(@event.ArrivalTime)}");
        }

        if (link is not null)
        {
            Line("Dashboard", link);
        }

        Line("Alert", content.Id);
        return email.ToString();

        void Line(string label, string value) => email.Append(label).Append(':').Append(' ', Math.Max(1, LabelWidth - label.Length)).Append(value).Append('\n');
    }

    private static string Past(AlertContent content, AlertCooldown? cooldown) => (content.LastAlert, content.HeldBack ?? 0) switch
    {
        (null, 0) => $"first alert of this kind; others within {Duration(cooldown!.Period)} are held back and counted",
        (null, var held) => string.Create(CultureInfo.InvariantCulture, $"{held} more were held back before this alert"),
        ({ } last, 0) => $"none was held back since the last alert, at {ForPeople(last)}",
        ({ } last, var held) => string.Create(CultureInfo.InvariantCulture, $"{held} more were held back since the last alert, at {ForPeople(last)}"),
    };

    private static string WriteJson(AlertContent content, string subject, string? text, string? link) => Write(writer =>
    {
        writer.WriteString("id"u8, content.Id);
        writer.WriteString("rule"u8, content.Rule.Name);
        writer.WriteString("severity"u8, Name(content.Rule.Severity));
        writer.WriteString("subject"u8, subject);
        writer.WriteString("text"u8, text);
        writer.WriteString("key"u8, content.Key is { } key ? PrintableText.Cut(key, MaxTextLength) : null);
        writer.WriteString("time"u8, ForMachines(content.Time));
        if (content.Measurement is { } measurement)
        {
            writer.WriteString("counter"u8, measurement.Counter);
            writer.WriteStartObject("window"u8);
            writer.WriteString("start"u8, ForMachines(measurement.Start));
            writer.WriteString("end"u8, ForMachines(measurement.End));
            writer.WriteEndObject();
            writer.WriteNumber("value"u8, measurement.Value);
            writer.WriteStartObject("expected"u8);
            WriteNumber(writer, "low"u8, measurement.Low);
            WriteNumber(writer, "high"u8, measurement.High);
            writer.WriteEndObject();
            if (measurement.Score is { } score)
            {
                writer.WriteNumber("score"u8, score);
            }
        }

        if (content.HeldBack is { } heldBack)
        {
            writer.WriteNumber("held_back"u8, heldBack);
            writer.WriteString("last_alert"u8, content.LastAlert is { } last ? ForMachines(last) : null);
        }

        if (content.Event is { } @event)
        {
            writer.WriteStartObject("fields"u8);
            foreach (var field in content.Fields)
            {
                if (field.Number is { } number)
                {
                    writer.WriteNumber(field.Name, number);
                }
                else
                {
                    writer.WriteString(field.Name, field.Text is { } value ? PrintableText.Cut(value, MaxTextLength) : null);
                }
            }

            writer.WriteEndObject();
            writer.WriteStartObject("event"u8);
            writer.WriteString("event_id"u8, PrintableText.Cut(@event.EventId, MaxTextLength));
            writer.WriteString("shard_id"u8, @event.ShardId);
            writer.WriteString("sequence_number"u8, @event.SequenceNumber);
            writer.WriteString("approximate_arrival_timestamp"u8, ForMachines(@event.ArrivalTime));
            writer.WriteEndObject();
        }

        writer.WriteString("link"u8, link);
    });

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string Range(AlertRule rule, AlertMeasurement of) => (of.Low, of.High) switch
    {
        ({ } low, { } high) => $"{Number(low)} to {Number(high)}",
        ({ } low, null) => rule is ThresholdRule { Comparison: AlertComparison.AtMost } ? $"more than {Number(low)}" : $"at least {Number(low)}",
        (null, { } high) => rule is ThresholdRule { Comparison: AlertComparison.AtLeast } ? $"less than {Number(high)}" : $"at most {Number(high)}",
        _ => "anything",
    };

    private static string Name(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Info => "info",
        AlertSeverity.Warning => "warning",
        _ => "critical",
    };

    private static string Duration(TimeSpan period) =>
        period.Ticks % TimeSpan.TicksPerDay == 0 ? string.Create(CultureInfo.InvariantCulture, $"{period.Ticks / TimeSpan.TicksPerDay} d")
        : period.Ticks % TimeSpan.TicksPerHour == 0 ? string.Create(CultureInfo.InvariantCulture, $"{period.Ticks / TimeSpan.TicksPerHour} h")
        : string.Create(CultureInfo.InvariantCulture, $"{period.Ticks / TimeSpan.TicksPerMinute} min");

    private static string Number(decimal value) => decimal.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    private static string Score(AlertMeasurement of) => of.Score?.ToString("0.###", CultureInfo.InvariantCulture) ?? "(none)";

    private static string ForPeople(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string ForMachines(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
