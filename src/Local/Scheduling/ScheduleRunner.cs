using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Analytics.Local.Scheduling;

/// <summary>Invokes a function at a fixed rate, as an EventBridge rule does.</summary>
/// <param name="ruleArn">The rule's ARN in the event.</param>
/// <param name="region">The region in the event.</param>
/// <param name="accountId">The account in the event.</param>
/// <param name="period">The time between two runs; the first is one period after the start.</param>
/// <param name="input">The rule's input instead of the event, or null for the event.</param>
/// <param name="clock">The clock.</param>
internal sealed class ScheduleRunner(
    string ruleArn, string region, string accountId, TimeSpan period, string? input, TimeProvider clock)
{
    /// <summary>Runs until canceled. A run that takes longer than the period delays the next one.</summary>
    public async Task RunAsync(Func<ReadOnlyMemory<byte>, CancellationToken, Task> invokeAsync, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await invokeAsync(input is null ? Event() : Encoding.UTF8.GetBytes(input), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Canceled.
        }
    }

    /// <summary>The event that EventBridge sends (https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-scheduled.html).</summary>
    internal ReadOnlyMemory<byte> Event()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", "0");
            json.WriteString("id", Guid.NewGuid());
            json.WriteString("detail-type", "Scheduled Event");
            json.WriteString("source", "aws.events");
            json.WriteString("account", accountId);
            json.WriteString("time", clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("region", region);
            json.WriteStartArray("resources");
            json.WriteStringValue(ruleArn);
            json.WriteEndArray();
            json.WriteStartObject("detail");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
