using System.Runtime.ExceptionServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Analytics.Alerting.Publishing;
using Analytics.Alerting.Sending;
using Analytics.Alerting.Storage;
using Analytics.Counting;
using Analytics.Events.Definitions;
using AWS.Lambda.Powertools.Logging;

namespace Analytics.Alerting.Windows;

/// <summary>
/// Evaluates threshold and anomaly rules, each closed window once, and sends their alerts. It tolerates being stopped at any point, concurrent runs, and missed runs.
/// </summary>
/// <remarks>
/// A step evaluates some windows of a rule and stores the rule's state with the alerts in one write, conditional on its version. Then the alerts are sent, like those of
/// events, and the state is stored without them. A run stopped before the first write has decided nothing; after it, the next run finds the alerts in the state.
/// </remarks>
public sealed class WindowRuleRunner
{
    /// <summary>The maximum number of windows of a step. It bounds the size of a read and the work lost by a conflicting write.</summary>
    public const int MaxWindowsPerStep = 60;

    /// <summary>The number of pending alerts from which a rule's windows wait: an item is limited to 400 KB.</summary>
    public const int MaxPending = 100;

    /// <summary>The maximum age of a window whose values become metrics: metrics have the time at which they are written.</summary>
    public static readonly TimeSpan MaxReadingAge = TimeSpan.FromMinutes(10);

    /// <summary>The name of the lease for sending.</summary>
    private const string Lease = "windows";

    private const int MaxAttempts = 10;

    private readonly IReadOnlyList<WatchedRule> _rules;
    private readonly IClosedWindows _windows;
    private readonly IAlertTable _table;
    private readonly AlertOutlet _outlet;
    private readonly TimeProvider _clock;

    /// <summary>Creates a runner that stores its state in a table.</summary>
    /// <param name="definitions">The rules and counters.</param>
    /// <param name="windows">Reads the counters.</param>
    /// <param name="dynamoDb">The client.</param>
    /// <param name="table">The name of the table.</param>
    /// <param name="publisher">Publishes alerts.</param>
    /// <param name="link">The link in messages, or null.</param>
    /// <param name="clock">The clock.</param>
    public WindowRuleRunner(
        Definitions definitions,
        IClosedWindows windows,
        IAmazonDynamoDB dynamoDb,
        string table,
        IAlertPublisher publisher,
        string? link,
        TimeProvider clock)
        : this(definitions, windows, new AlertTable(dynamoDb, table, clock, Random.Shared), publisher, link, clock)
    {
    }

    internal WindowRuleRunner(
        Definitions definitions, IClosedWindows windows, IAlertTable table, IAlertPublisher publisher, string? link, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        _rules = WatchedRule.In(definitions, windows);
        _windows = windows;
        _table = table;
        _outlet = new AlertOutlet(table, publisher, link, clock);
        _clock = clock;
    }

    /// <summary>Evaluates all closed windows that were not evaluated yet.</summary>
    /// <param name="tell">Receives the newest points of the series of anomaly rules.</param>
    /// <param name="cancellationToken">Stops the run; the next one continues.</param>
    /// <exception cref="Exception">A rule failed; the others were still evaluated.</exception>
    public async Task<WindowRuleResult> RunAsync(Action<SeriesReading> tell, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tell);
        var now = _clock.GetUtcNow();
        if (_rules.Count == 0 || await _windows.ReadClosedUpToAsync(now, cancellationToken).ConfigureAwait(false) is not { } closedUpTo)
        {
            return new WindowRuleResult(_rules.Count, 0, 0);
        }

        var run = new RuleRun(this, now, closedUpTo, tell);
        await run.ExecuteAsync(cancellationToken).ConfigureAwait(false);
        run.Failure?.Throw();
        return new WindowRuleResult(_rules.Count, run.Windows, run.Alerts);
    }

    private sealed class RuleRun(WindowRuleRunner runner, DateTimeOffset now, DateTimeOffset closedUpTo, Action<SeriesReading> tell)
    {
        private readonly Dictionary<(string Counter, CounterWindow Window, DateTimeOffset From, DateTimeOffset To), IReadOnlyList<CounterValue>> _read = [];

        public int Windows { get; private set; }

        public int Alerts { get; private set; }

        /// <summary>The first failure of a rule.</summary>
        public ExceptionDispatchInfo? Failure { get; private set; }

        public async Task ExecuteAsync(CancellationToken cancellationToken)
        {
            var states = await ReadAsync(runner._rules, cancellationToken).ConfigureAwait(false);
            foreach (var watched in runner._rules)
            {
                // A failure of one rule, such as a damaged item, does not affect the others.
                try
                {
                    await EvaluateAsync(watched, WindowRuleState.Read(states.GetValueOrDefault(watched.Rule.Name), watched.Basis, now), cancellationToken)
                        .ConfigureAwait(false);
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    Logger.LogError(exception, $"The rule {watched.Rule.Name} could not be evaluated.");
                    Failure ??= ExceptionDispatchInfo.Capture(exception);
                }
            }
        }

        private async Task<Dictionary<string, Dictionary<string, AttributeValue>>> ReadAsync(
            IReadOnlyList<WatchedRule> rules, CancellationToken cancellationToken)
        {
            var (items, failures) = await runner._table.GetAsync(
                [.. rules.Select(watched => WindowRuleState.CreateKey(watched.Rule.Name))], cancellationToken).ConfigureAwait(false);
            if (failures.Cause is { } cause)
            {
                throw new AlertStateException("The state of threshold and anomaly rules cannot be read.", cause);
            }

            var byPartition = items.ToDictionary(item => item[AlertItems.Partition].S, StringComparer.Ordinal);
            return rules.Select(watched => watched.Rule.Name)
                .Where(rule => byPartition.ContainsKey(AlertItems.WindowPartition(rule)))
                .ToDictionary(rule => rule, rule => byPartition[AlertItems.WindowPartition(rule)], StringComparer.Ordinal);
        }

        /// <summary>Evaluates the rule's windows step by step, and sends the alerts after each step.</summary>
        private async Task EvaluateAsync(WatchedRule watched, WindowRuleState state, CancellationToken cancellationToken)
        {
            var misses = 0;
            DateTimeOffset? first = null;
            while (true)
            {
                var isNew = state.Next is null;
                var evaluated = state.Pending.Count < MaxPending ? await StepAsync(watched, state, cancellationToken).ConfigureAwait(false) : 0;
                if (evaluated > 0 || isNew)
                {
                    if (await StoreAsync(watched, state, cancellationToken).ConfigureAwait(false) is not { } stored)
                    {
                        state = await ReadAgainAsync(watched, ++misses, cancellationToken).ConfigureAwait(false);
                        continue;
                    }

                    state = stored;
                    first ??= state.Next - (evaluated * watched.Length);
                    Windows += evaluated;
                }

                var sent = await SendAsync(watched, state, cancellationToken).ConfigureAwait(false);
                if (sent > 0)
                {
                    if (await StoreAsync(watched, state, cancellationToken).ConfigureAwait(false) is not { } stored)
                    {
                        state = await ReadAgainAsync(watched, ++misses, cancellationToken).ConfigureAwait(false);
                        continue;
                    }

                    state = stored;
                }

                if (evaluated == 0 && sent == 0)
                {
                    Tell(watched, state, first);
                    return;
                }
            }
        }

        /// <summary>Evaluates some windows.</summary>
        /// <returns>The number of windows; 0 if no more are closed.</returns>
        private async Task<int> StepAsync(WatchedRule watched, WindowRuleState state, CancellationToken cancellationToken)
        {
            var end = watched.GetStart(closedUpTo);
            var earliest = end - (watched.MaxMissedWindows * watched.Length);
            if (state.Next is null)
            {
                return await BeginAsync(watched, state, end, cancellationToken).ConfigureAwait(false);
            }

            var from = state.Next.Value;
            if (from < earliest)
            {
                Logger.LogWarning($"The windows of the rule {watched.Rule.Name} before {earliest:yyyy-MM-dd HH:mm} UTC are skipped: they were missed for too long.");
                from = earliest;
            }

            var count = (int)Math.Min(MaxWindowsPerStep, (end - from) / watched.Length);
            if (count <= 0)
            {
                return 0;
            }

            var windows = await ReadAsync(watched.Rule.Counter, watched, from, count, cancellationToken).ConfigureAwait(false);
            var wholes = watched.ShareOf is { } whole ? await ReadAsync(whole, watched, from, count, cancellationToken).ConfigureAwait(false) : null;
            var evaluated = 0;
            for (var start = from; evaluated < count && state.Pending.Count < MaxPending; start += watched.Length)
            {
                WindowRuleEvaluation.Evaluate(state, watched, start, [.. windows[start]], [.. wholes?[start] ?? []]);
                evaluated++;
            }

            return evaluated;
        }

        /// <summary>
        /// Sets a new rule's first window: the first with events among the latest, so that the time before the first events does not look like a stop of traffic.
        /// </summary>
        private async Task<int> BeginAsync(WatchedRule watched, WindowRuleState state, DateTimeOffset end, CancellationToken cancellationToken)
        {
            var from = end - (watched.FirstWindows * watched.Length);
            var windows = await ReadAsync(watched.Rule.Counter, watched, from, watched.FirstWindows, cancellationToken).ConfigureAwait(false);
            state.Next = windows.Select(window => window.Key).Append(end).Min();
            return await StepAsync(watched, state, cancellationToken).ConfigureAwait(false);
        }

        private async Task<ILookup<DateTimeOffset, CounterValue>> ReadAsync(
            string counter, WatchedRule watched, DateTimeOffset from, int count, CancellationToken cancellationToken)
        {
            var key = (counter, watched.Rule.Window, from, from + (count * watched.Length));
            if (!_read.TryGetValue(key, out var values))
            {
                // Rules of one counter mostly need the same windows; while catching up, the windows read for one rule are not kept for the whole run.
                _read.Clear();
                values = await runner._windows.ReadAsync(counter, key.Window, from, key.Item4, cancellationToken).ConfigureAwait(false);
                _read.Add(key, values);
            }

            return values.ToLookup(value => value.Start);
        }

        /// <summary>Stores the state; returns null after a conflicting write.</summary>
        private async Task<WindowRuleState?> StoreAsync(WatchedRule watched, WindowRuleState state, CancellationToken cancellationToken)
        {
            var item = state.ToItem(watched.Rule.Name, now);
            return await runner._table.TryPutAsync(item, state.Version, cancellationToken).ConfigureAwait(false)
                ? WindowRuleState.Read(item, watched.Basis, now)
                : null;
        }

        private async Task<WindowRuleState> ReadAgainAsync(WatchedRule watched, int misses, CancellationToken cancellationToken)
        {
            if (misses == MaxAttempts)
            {
                throw new AlertStateException($"Conflicting writes to the state of {watched.Rule.Name} persist.");
            }

            var states = await ReadAsync([watched], cancellationToken).ConfigureAwait(false);
            return WindowRuleState.Read(states.GetValueOrDefault(watched.Rule.Name), watched.Basis, now);
        }

        /// <summary>Sends the pending alerts, and removes those that are sent from the state.</summary>
        /// <returns>The number of alerts sent.</returns>
        private async Task<int> SendAsync(WatchedRule watched, WindowRuleState state, CancellationToken cancellationToken)
        {
            var pending = state.Pending.ToList();
            var unsent = await runner._outlet.SendAsync(Lease, [.. pending.Select(alert => alert.ToDue(watched.Rule))], now, cancellationToken)
                .ConfigureAwait(false);
            var left = unsent.Select(one => one.Index).ToHashSet();
            state.Pending.Clear();
            state.Pending.AddRange(pending.Where((_, index) => left.Contains(index)));
            Alerts += pending.Count - left.Count;
            if (left.Count > 0)
            {
                throw new AlertStateException($"{left.Count} alerts of {watched.Rule.Name} could not be sent; the next run retries.", unsent[0].Cause);
            }

            return pending.Count;
        }

        /// <summary>Reports the newest points of the series that the run scored.</summary>
        private void Tell(WatchedRule watched, WindowRuleState state, DateTimeOffset? first)
        {
            var oldest = now - watched.Length - MaxReadingAge;
            var told = state.SeriesByAge
                .Where(series => series.Shown is null || MetricDimensionValue.IsValid(series.Shown))
                .Take(SeriesReading.MaxValues);
            foreach (var series in told)
            {
                if (series.Latest.Points.Count > 0 && series.Latest.Points.Last() is var point && point.Start >= first && point.Start >= oldest)
                {
                    tell(new SeriesReading(watched.Rule.Name, series.Shown, point));
                }
            }
        }
    }
}
