using System.Globalization;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Failures;

/// <summary>Messages of the failures queue that are currently hidden.</summary>
/// <param name="Count">Approximate number of messages.</param>
/// <param name="AtMost">Their maximum visibility timeout: this command's or, if longer, the queue's.</param>
internal readonly record struct HiddenMessages(int Count, TimeSpan AtMost)
{
    /// <summary>Describes the hidden messages in one line, or returns null if there are none.</summary>
    public string? Describe(DateTimeOffset now) => Count == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{Terminal.Number(Count)} messages are hidden because another command received them. If it was stopped, they become visible at the latest at {(now + AtMost).UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
}
