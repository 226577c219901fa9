using Analytics.Dashboard.Model;
using Analytics.Dashboard.State;

namespace Analytics.Dashboard.Parts;

/// <summary>Reads a part of the document in its period and publishes it; says on the page when that fails, and tries again.</summary>
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
                // Whatever it is: the pipeline goes on, the other parts go on, and the page says it.
                report.Add(trouble, new TroubleEntry($"{part.Name}: {e.Message}"));
                rest += RestAfterTrouble;
            }

            feed.Publish(key => key == trouble, report.Json);
            await Task.Delay(rest, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
