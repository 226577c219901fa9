using System.Globalization;
using System.Text;
using Analytics.Cli.Shared.Samples;
using Analytics.Cli.Shared.Sending;

namespace Analytics.Cli.Up;

/// <summary>Sample events of selected dialects, and the special events that the live page can send. Not thread-safe.</summary>
internal sealed class SampleMix
{
    private static readonly (string Name, SampleDialect Dialect, int Weight)[] Dialects =
    [
        ("snake_case", SampleDialect.FlatSnakeCase, 34),
        ("camelCase", SampleDialect.FlatCamelCase, 32),
        ("envelope", SampleDialect.Envelope, 24),
        ("CloudEvents", SampleDialect.CloudEvents, 10),
    ];

    private static readonly byte[][] MalformedRecords =
    [
        "not json at all"u8.ToArray(),
        [0xFF, 0xFE, 0x00, 0x01, 0x80],
        "[1,2,3]"u8.ToArray(),
        "{\"event_type\":\"purchase\",\"amount\":"u8.ToArray(),
        [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00],
        "   "u8.ToArray(),
        Encoding.UTF8.GetBytes(new string('[', 200) + new string(']', 200)),
    ];

    private readonly Dictionary<string, IEnumerator<OutgoingRecord>> _events;
    private readonly SeededRandom _random;
    private readonly TimeProvider _clock;
    private readonly ulong _seed;
    private long _special;

    /// <summary>Creates a mix whose events occur at the time they are generated.</summary>
    /// <param name="seed">The seed. The same seed gives the same events, except for their times.</param>
    /// <param name="clock">The clock for event times.</param>
    public SampleMix(ulong seed, TimeProvider clock)
    {
        _seed = seed;
        _clock = clock;
        _random = new SeededRandom(seed);
        _events = Dialects.ToDictionary(
            dialect => dialect.Name,
            dialect => new SampleEvents(seed + (ulong)dialect.Dialect, _ => clock.GetUtcNow(), dialect.Dialect).Take(long.MaxValue).GetEnumerator(),
            StringComparer.Ordinal);
    }

    /// <summary>The default weights.</summary>
    public static IReadOnlyDictionary<string, int> Default { get; } =
        Dialects.ToDictionary(dialect => dialect.Name, dialect => dialect.Weight, StringComparer.Ordinal);

    /// <summary>Returns the next event of a mix.</summary>
    /// <param name="weights">The weights of the dialects by name; not all 0.</param>
    public OutgoingRecord Next(IReadOnlyDictionary<string, int> weights)
    {
        var at = _random.Next(weights.Values.Sum());
        foreach (var (name, weight) in weights)
        {
            at -= weight;
            if (at < 0)
            {
                var events = _events[name];
                events.MoveNext();
                return events.Current;
            }
        }

        throw new ArgumentException("All weights are 0.", nameof(weights));
    }

    /// <summary>Returns a malformed record.</summary>
    public OutgoingRecord Malformed() => new(string.Create(CultureInfo.InvariantCulture, $"broken-{_special++ % 16}"), _random.Pick<byte[]>(MalformedRecords));

    /// <summary>Returns an error event.</summary>
    public OutgoingRecord Error() => Special(
        $$$"""{"event_id":"{{{Id()}}}","event_type":"error","timestamp":"{{{Now()}}}","data":{"error_code":"503","message":"Checkout is unavailable: connection pool exhausted"}}""");

    /// <summary>Returns a purchase above 500.</summary>
    public OutgoingRecord HighValueOrder() => Special(
        $$$"""{"event_id":"{{{Id()}}}","event_type":"purchase","timestamp":"{{{Now()}}}","data":{"user_id":"user_0007","product_id":"prod_042","amount":{{{600 + _random.Next(400)}}}.50,"currency":"USD"}}""");

    private OutgoingRecord Special(string json) => new(string.Create(CultureInfo.InvariantCulture, $"special-{_special++ % 64}"), Encoding.UTF8.GetBytes(json));

    private string Id() => string.Create(CultureInfo.InvariantCulture, $"live_{_seed:x}_{_special:D6}");

    private string Now() => _clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
