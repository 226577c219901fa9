using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;

namespace Analytics.Dashboard.Parts;

/// <summary>Reads and publishes a part of the document periodically; shows failures on the page and retries.</summary>
internal static class PartRunner
{
    private static readonly TimeSpan RestAfterTrouble = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(IDashboardPart part, DashboardFeed feed, TimeProvider clock, CancellationToken cancellationToken)
    {
        var trouble = $"trouble/{part.Name}";
        while (!cancellationToken.IsCancellationRequested)
        {
            var rest = part.Period;
            var report = new DashboardEntries();
            try
            {
                if (await part.ReadAsync(cancellationToken) is { } entries)
                {
                    feed.Publish(part.Owns, entries.Json);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // After any failure, the pipeline and the other parts continue, and the page shows it.
                report.Add(trouble, new TroubleEntry($"{part.Name}: {e.Message}"));
                rest += RestAfterTrouble;
            }

            feed.Publish(key => key == trouble, report.Json);
            await Task.Delay(rest, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
