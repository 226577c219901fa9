using System.Text;
using System.Text.Json;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Sending;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Alerting.Tests;

/// <summary>Makes rules, matches and batches, valid unless a test says otherwise.</summary>
internal static class SomeAlerts
{
    /// <summary>A rule on purchases.</summary>
    /// <param name="more">Further JSON members, with a leading comma.</param>
    /// <param name="name">Its name.</param>
    public static MatchRule Rule(string more = "", string name = "order") => (MatchRule)CreateRule("match", $$"""
        "pattern":{"event_type":["purchase"]},"fields":["amount","user_id"]{{more}}
        """, name);

    public static AlertRule CreateRule(string type, string members, string name = "order")
    {
        const string Counter = """{"name":"errors","pattern":{"event_type":["error"]},"measure":"count","by":["error_code"],"windows":["minute"]}""";
        var subject = members.Contains("\"subject\"", StringComparison.Ordinal) ? "" : "\"subject\":\"An Order\",";
        var json = $$"""{"counters":[{{Counter}}],"alerts":[{"name":"{{name}}","type":"{{type}}",{{subject}}{{members}}}]}""";
        return Assert.Single(Definitions.Parse(Encoding.UTF8.GetBytes(json)).Alerts);
    }

    public static SequenceNumber Sequence(int number) => SequenceNumber.Parse(Some.Sequence(number));

    /// <summary>The n-th record of a shard as a match.</summary>
    public static EventMatch Match(MatchRule rule, int number, DateTimeOffset? arrival = null, string? key = null, string shard = Some.Shard) => new(
        rule, rule.Cooldown is null ? null : key ?? "(all)", $"{shard}:{Some.Sequence(number)}:0", Sequence(number), arrival ?? Some.Arrival, number);

    public static EventAlertBatch Batch(IReadOnlyList<EventMatch> matches, int first, int last, DateTimeOffset? now = null, string shard = Some.Shard) => new()
    {
        ShardId = shard,
        Now = now ?? Some.Now,
        First = Sequence(first),
        Last = Sequence(last),
        HasOpenEdges = false,
        Matches = matches,
        Describe = Describe,
    };

    public static AlertContent Describe(EventMatch match) => new() { Rule = match.Rule, Id = $"{match.Rule.Name}:{match.Id}", Time = match.ArrivalTime };

    /// <summary>The message for subscribers other than e-mail.</summary>
    public static JsonElement ForMachines(this AlertMessage message)
    {
        using var document = JsonDocument.Parse(Part(message, "default"));
        return document.RootElement.Clone();
    }

    /// <summary>The message for e-mail subscribers.</summary>
    public static string ForPeople(this AlertMessage message) => Part(message, "email");

    public static string Part(this AlertMessage message, string protocol)
    {
        using var document = JsonDocument.Parse(message.Message);
        return document.RootElement.GetProperty(protocol).GetString()!;
    }
}
