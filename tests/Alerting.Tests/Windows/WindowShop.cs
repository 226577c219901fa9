using System.Text;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Windows;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Tests.Windows;

/// <summary>Threshold and anomaly rules, with the table, the counters and the clock in memory.</summary>
internal sealed class WindowShop : IAlertPublisher
{
    private const string Counters = """
        {"name":"events","pattern":{"event_type":[{"exists":true}]},"measure":"count","by":["event_type"],"windows":["minute","hour"]},
        {"name":"errors","pattern":{"event_type":["error"]},"measure":"count","by":["error_code"],"windows":["minute"]},
        {"name":"revenue","pattern":{"event_type":["purchase"]},"measure":"sum","field":"amount","by":["currency"],"windows":["minute"]},
        {"name":"average","pattern":{"event_type":["purchase"]},"measure":"average","field":"amount","by":["currency"],"windows":["minute"]},
        {"name":"lowest","pattern":{"event_type":["purchase"]},"measure":"min","field":"amount","by":["currency"],"windows":["minute"]},
        {"name":"highest","pattern":{"event_type":["purchase"]},"measure":"max","field":"amount","by":["currency"],"windows":["minute"]},
        {"name":"bounces","pattern":{"event_type":["page_view"]},"measure":"rate","where":{"pages_viewed":[1]},"by":["country"],"windows":["minute"]},
        {"name":"users","pattern":{"event_type":["page_view"]},"measure":"distinct","field":"user_id","windows":["minute"]},
        {"name":"load","pattern":{"event_type":["page_view"]},"measure":"percentiles","field":"load_time","windows":["minute"]}
        """;

    public WindowShop(params string[] rules) => Rules = CreateDefinitions(rules);

    /// <summary>The first minute.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero);

    public Definitions Rules { get; set; }

    public FakeAlertTable Table { get; } = new();

    public FakeWindows Windows { get; } = new();

    public FakeTime Time { get; } = new(Start);

    /// <summary>The published alerts as JSON.</summary>
    public List<AlertMessage> Published { get; } = [];

    /// <summary>The points reported for metrics.</summary>
    public List<SeriesReading> Told { get; } = [];

    /// <summary>Whether the topic accepts alerts.</summary>
    public bool IsTopicDown { get; set; }

    public static Definitions CreateDefinitions(params string[] rules) => Definitions.Parse(Encoding.UTF8.GetBytes(
        $$"""{"counters":[{{Counters}}],"alerts":[{{string.Join(',', rules)}}]}"""));

    public static string Threshold(string members, string name = "spike") =>
        $$"""{"name":"{{name}}","type":"threshold","subject":"A Spike",{{members}}}""";

    public static string Anomaly(string members, string name = "unusual") =>
        $$"""{"name":"{{name}}","type":"anomaly","subject":"Unusual",{{members}}}""";

    /// <summary>The n-th minute.</summary>
    public static DateTimeOffset Minute(int number) => Start.AddMinutes(number);

    /// <summary>Runs when the first so many minutes are closed.</summary>
    public Task<WindowRuleResult> RunAfterAsync(int minutes)
    {
        Windows.ClosedUpTo = Minute(minutes).AddSeconds(5);
        Time.Advance(Minute(minutes).AddSeconds(10) - Time.GetUtcNow());
        return RunAsync();
    }

    public Task<WindowRuleResult> RunAsync() => new WindowRuleRunner(Rules, Windows, Table, this, null, Time).RunAsync(Told.Add, CancellationToken.None);

    /// <summary>The state of a rule.</summary>
    public WindowRuleState GetState(string rule) =>
        WindowRuleState.Read(Table.Items.GetValueOrDefault(($"alert|window|{rule}", WindowRuleState.SortKey)), null, Time.GetUtcNow());

    Task<(IReadOnlyList<int> Failed, Exception? Cause)> IAlertPublisher.PublishAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken)
    {
        if (IsTopicDown)
        {
            return Task.FromResult<(IReadOnlyList<int>, Exception?)>(([.. Enumerable.Range(0, messages.Count)], new IOException("the topic is down")));
        }

        Published.AddRange(messages);
        return Task.FromResult<(IReadOnlyList<int>, Exception?)>(([], null));
    }
}
