using Analytics.Counting.RollingUp;
using Analytics.Counting.Storage;
using Analytics.Counting.Windows;

namespace Analytics.Counting.Auditing;

/// <summary>Restores windows with a rollup generation without links.</summary>
internal sealed class WindowRestorer(ICounterTable table, TimeProvider clock)
{
    /// <summary>Writes windows.</summary>
    /// <param name="last">The completed plan whose positions the windows represent.</param>
    /// <param name="windows">The windows: as stored, or null if missing, and as expected.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of windows written; 0 if a rollup was planned meanwhile.</returns>
    public async Task<int> RestoreAsync(
        RollupPlan last, List<(StoredWindow? Stored, WindowExpectation Expected)> windows, CancellationToken cancellationToken)
    {
        var plan = last with
        {
            Generation = last.Generation + 1,
            IsDone = false,
            Planned = clock.GetUtcNow(),
            Shards = last.Shards.ToDictionary(shard => shard.Key, shard => shard.Value with { From = shard.Value.To }, StringComparer.Ordinal),
        };
        if (!await table.TryPutAsync(plan.ToItem(), PutCondition.DoneWith(last.Generation), cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        var written = 0;
        foreach (var (stored, expected) in windows)
        {
            var counter = expected.Counters[^1];
            var state = CreateState(stored, expected);
            var expiry = counter.GetExpiry(expected.Key.Window, expected.Key.StartTicks, plan.Planned);
            var isWritten = true;
            foreach (var item in WindowItems.Write(state, plan.Generation, plan.Through, expected.Definitions.Last(), expiry, RollupSettings.Default.MaxPageBytes))
            {
                isWritten &= await table.TryPutAsync(item, PutCondition.GenerationBelow(plan.Generation), cancellationToken).ConfigureAwait(false);
            }

            written += isWritten ? 1 : 0;
        }

        _ = await table.TryPutAsync((plan with { IsDone = true }).ToItem(), PutCondition.Planned(plan.Generation), cancellationToken).ConfigureAwait(false);
        return written;
    }

    /// <summary>Stored values keep their order, so that the limit includes the same ones again; pages keep their slots, so that the other slots are written.</summary>
    private static CounterWindowState CreateState(StoredWindow? stored, WindowExpectation expected)
    {
        var counter = expected.Counters[^1];
        var state = new CounterWindowState(expected.Key, counter.Definition.Measure);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var page in stored?.State.Pages ?? [])
        {
            var target = state.Pages[0];
            if (page.Number > 0)
            {
                state.Pages.Add(target = new WindowPage { Number = page.Number, Slot = page.Slot });
            }

            target.IsChanged = true;
            foreach (var value in page.Values.Where(value => expected.Values.ContainsKey(value) && placed.Count < counter.Limit))
            {
                state.Add(value, expected.Values[value].Copy(), target);
                _ = placed.Add(value);
            }
        }

        foreach (var (value, tally) in expected.Values.Where(value => !placed.Contains(value.Key)))
        {
            state.Merge(value, tally, counter.Limit);
        }

        state.Bounds.UnionWith(expected.Bounds);
        return state;
    }
}
