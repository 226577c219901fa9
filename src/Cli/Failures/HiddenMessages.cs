using System.Globalization;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Failures;

/// <summary>Messages of the failures queue that nobody else can receive for now.</summary>
/// <param name="Count">How many, about.</param>
/// <param name="AtMost">The longest visibility time-out that they can have: this command's, or the queue's own where that is longer.</param>
internal readonly record struct HiddenMessages(int Count, TimeSpan AtMost)
{
    /// <summary>Describes them in a line; null when there are none.</summary>
    public string? Describe(DateTimeOffset now) => Count == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{Terminal.Number(Count)} messages are hidden, as another command received them. If it was stopped, they show again at the latest at {(now + AtMost).UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
}
