using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Analytics.Cli.Shared.Sending;
using Analytics.Events;

namespace Analytics.Cli.Shared.Samples;

/// <summary>
/// Generates sample events of a web shop: users and pages distributed by Zipf's law, visits of several pages, many page views, fewer clicks,
/// and still fewer purchases, sign-ups and errors; in every dialect, some compressed, some KPL-aggregated.
/// </summary>
/// <param name="seed">The seed. The same seed gives the same events, byte for byte except for their timestamps.</param>
/// <param name="getTime">Returns the time of the n-th event.</param>
/// <param name="dialect">The dialect of all events, or null for each user's own.</param>
internal sealed class SampleEvents(ulong seed, Func<long, DateTimeOffset> getTime, SampleDialect? dialect = null)
{
    private const int Users = 2_000;
    private const int SessionsAtOnce = 64;
    private const double GzipShare = 0.03;
    private const double AggregateShare = 0.01;
    private const int MaxAggregate = 8;
    private const double RetailShare = 0.2;

    private static readonly string[] Sections = ["", "products", "category", "search", "cart", "checkout", "help", "account", "blog"];
    private static readonly string[] Pages = MakePages();
    private static readonly string[] Referrers = ["https://www.google.com/", "https://duckduckgo.com/", "https://news.example.com/", "https://mail.example.com/"];
    private static readonly string[] SignupMethods = ["email", "google", "apple"];
    private static readonly string[] Campaigns = ["spring_sale", "newsletter", "organic", "partner"];
    private static readonly (string Code, string Message)[] Errors =
    [
        ("500", "Internal server error: the cart could not be loaded"),
        ("404", "Not found"),
        ("PAYMENT_DECLINED", "The card was declined by its bank"),
        ("TIMEOUT", "Upstream \"inventory\" took longer than 3 s"),
    ];

    private static readonly WeightedChoice UserChoice = WeightedChoice.Zipf(Users, 0.8);
    private static readonly WeightedChoice PageChoice = WeightedChoice.Zipf(Pages.Length, 1.0);
    private static readonly WeightedChoice ProductChoice = WeightedChoice.Zipf(200, 0.7);
    private static readonly WeightedChoice KindChoice = new([0.700, 0.170, 0.060, 0.030, 0.020, 0.012, 0.008]);

    private readonly SeededRandom _random = new(seed);
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private long _events;
    private long _sessions;

    private enum Kind
    {
        PageView,
        Click,
        Purchase,
        Login,
        Signup,
        Error,
        Heartbeat,
    }

    /// <summary>Generates records with exactly <paramref name="count"/> events in total.</summary>
    public IEnumerable<OutgoingRecord> Take(long count)
    {
        var sessions = new SampleSession?[SessionsAtOnce];
        while (_events < count)
        {
            ref var session = ref sessions[_random.Next(SessionsAtOnce)];
            if (session is null || session.Remaining <= 0)
            {
                session = NewSession();
            }

            yield return _random.Chance(AggregateShare) ? Aggregate(session, count) : Single(session);
        }
    }

    private OutgoingRecord Single(SampleSession session)
    {
        var data = NextEvent(session);
        return new OutgoingRecord(session.User.Id, _random.Chance(GzipShare) ? Compress(data) : data);
    }

    private OutgoingRecord Aggregate(SampleSession session, long count)
    {
        var size = (int)Math.Min(_random.Next(2, MaxAggregate + 1), count - _events);
        var events = new byte[size][];
        for (var i = 0; i < size; i++)
        {
            events[i] = NextEvent(session);
        }

        return new OutgoingRecord(session.User.Id, AggregateWriter.Pack([.. events.Select(data => (session.User.Id, (ReadOnlyMemory<byte>)data))]), size);
    }

    private SampleSession NewSession()
    {
        var user = SampleUser.Create(UserChoice.Next(_random), seed);
        user = user with { Dialect = dialect ?? user.Dialect };
        var length = 1;
        while (length < 40 && _random.Chance(0.8))
        {
            length++;
        }

        return new SampleSession(user, $"sess_{seed:x}_{++_sessions:D6}", length);
    }

    private byte[] NextEvent(SampleSession session)
    {
        var time = getTime(_events++).ToUniversalTime();
        session.Remaining--;
        session.Seconds += _random.Next(2, 90);
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer))
        {
            json.WriteStartObject();
            WriteEvent(json, session, time);
            json.WriteEndObject();
        }

        return _buffer.WrittenSpan.ToArray();
    }

    private void WriteEvent(Utf8JsonWriter json, SampleSession session, DateTimeOffset time)
    {
        // A visit begins with a page.
        switch (session.PagesViewed == 0 ? Kind.PageView : (Kind)KindChoice.Next(_random))
        {
            case Kind.PageView:
                WritePageView(json, session, time);
                break;
            case Kind.Click:
                WriteClick(json, session, time);
                break;
            case Kind.Purchase:
                WritePurchase(json, session, time);
                break;
            case Kind.Login:
                WriteSnakeCase(json, session, time, "login");
                break;
            case Kind.Signup:
                WriteCamelCase(json, session, time, "user_signup");
                json.WriteString("signupMethod", _random.Pick<string>(SignupMethods));
                json.WriteString("campaignSource", _random.Pick<string>(Campaigns));
                break;
            case Kind.Error:
                WriteError(json, time);
                break;
            default:
                WriteHeartbeat(json, session, time);
                break;
        }
    }

    private void WritePageView(Utf8JsonWriter json, SampleSession session, DateTimeOffset time)
    {
        var page = Pages[PageChoice.Next(_random)];
        var referrer = session.LastPage is { } last ? "https://shop.example.com" + last : _random.Pick<string>(Referrers);
        session.LastPage = page;
        session.PagesViewed++;
        switch (session.User.Dialect)
        {
            case SampleDialect.FlatSnakeCase:
                WriteSnakeCase(json, session, time, "page_view");
                json.WriteString("page_url", page);
                json.WriteString("referrer", referrer);
                break;
            case SampleDialect.FlatCamelCase:
                WriteCamelCase(json, session, time, "page_view");
                json.WriteString("pageUrl", page);
                json.WriteNumber("loadTime", 40 + _random.Next(400) + (_random.Chance(0.05) ? 2_000 : 0));
                json.WriteNumber("sessionLength", session.Seconds);
                json.WriteNumber("pagesViewed", session.PagesViewed);
                break;
            case SampleDialect.Envelope:
                WriteEnvelope(json, time, "page_view");
                json.WriteString("user_id", session.User.Id);
                json.WriteString("page", page);
                json.WriteString("referrer", referrer);
                json.WriteString("device", session.User.Device);
                json.WriteEndObject();
                break;
            default:
                WriteCloudEvent(json, session, time, "page_view");
                json.WriteString("page_url", page);
                json.WriteString("referrer", referrer);
                json.WriteEndObject();
                break;
        }
    }

    private void WriteClick(Utf8JsonWriter json, SampleSession session, DateTimeOffset time)
    {
        var page = session.LastPage ?? Pages[0];
        switch (session.User.Dialect)
        {
            case SampleDialect.FlatSnakeCase:
                WriteSnakeCase(json, session, time, "click");
                json.WriteString("page_url", page);
                break;
            case SampleDialect.FlatCamelCase:
                WriteCamelCase(json, session, time, "click");
                json.WriteString("pageUrl", page);
                break;
            case SampleDialect.Envelope:
                WriteEnvelope(json, time, "click");
                json.WriteString("user_id", session.User.Id);
                json.WriteString("page", page);
                json.WriteString("device", session.User.Device);
                json.WriteEndObject();
                break;
            default:
                WriteCloudEvent(json, session, time, "click");
                json.WriteString("page_url", page);
                json.WriteEndObject();
                break;
        }
    }

    private void WritePurchase(Utf8JsonWriter json, SampleSession session, DateTimeOffset time)
    {
        var product = $"prod_{ProductChoice.Next(_random) + 1:D3}";
        var amount = NextAmount();
        if (_random.Chance(RetailShare))
        {
            json.WriteString("order_id", NextId("ord"));
            json.WriteNumber("amount", amount);
            json.WriteString("timestamp", time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("product_id", product);
            return;
        }

        switch (session.User.Dialect)
        {
            case SampleDialect.FlatSnakeCase:
                WriteSnakeCase(json, session, time, "purchase");
                json.WriteNumber("amount", amount);
                json.WriteString("product_id", product);
                break;
            case SampleDialect.FlatCamelCase:
                WriteCamelCase(json, session, time, "purchase");
                json.WriteNumber("amount", amount);
                json.WriteString("currency", "USD");
                json.WriteNumber("itemsCount", _random.Next(1, 6));
                break;
            case SampleDialect.Envelope:
                WriteEnvelope(json, time, "purchase");
                json.WriteString("user_id", session.User.Id);
                json.WriteString("product_id", product);
                json.WriteNumber("amount", amount);
                json.WriteString("currency", "USD");
                json.WriteEndObject();
                break;
            default:
                WriteCloudEvent(json, session, time, "purchase");
                json.WriteString("product_id", product);
                json.WriteNumber("amount", amount);
                json.WriteString("currency", "USD");
                json.WriteEndObject();
                break;
        }
    }

    private void WriteError(Utf8JsonWriter json, DateTimeOffset time)
    {
        var (code, message) = _random.Pick<(string, string)>(Errors);
        WriteEnvelope(json, time, "error");
        json.WriteString("error_code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    }

    private void WriteHeartbeat(Utf8JsonWriter json, SampleSession session, DateTimeOffset time)
    {
        json.WriteString("kind", "heartbeat");
        json.WriteString("agent", "edge-" + session.User.Country);
        json.WriteNumber("uptime", _random.Next(1_000_000));
        json.WriteString("sent", Iso(time));
    }

    private static void WriteSnakeCase(Utf8JsonWriter json, SampleSession session, DateTimeOffset time, string type)
    {
        // The reference producer is Python's datetime.isoformat(): microseconds, no zone.
        json.WriteString("timestamp", time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        json.WriteString("user_id", session.User.Id);
        json.WriteString("event_type", type);
        json.WriteString("session_id", session.Id);
        json.WriteString("location", session.User.Country);
        json.WriteString("device_type", session.User.Device);
    }

    private static void WriteCamelCase(Utf8JsonWriter json, SampleSession session, DateTimeOffset time, string type)
    {
        json.WriteString("eventType", type);
        json.WriteString("userId", session.User.Id);
        json.WriteString("sessionId", session.Id);
        json.WriteString("deviceType", session.User.Device);
        json.WriteString("timestamp", Iso(time));
        json.WriteStartObject("location");
        json.WriteString("country", session.User.Country);
        json.WriteString("city", session.User.City);
        json.WriteEndObject();
        json.WriteNumber("schemaVersion", 2);
    }

    private void WriteEnvelope(Utf8JsonWriter json, DateTimeOffset time, string type)
    {
        json.WriteString("event_id", NextId("evt"));
        json.WriteString("event_type", type);
        json.WriteString("timestamp", Iso(time));
        json.WriteString("schema_version", "1.0");
        json.WriteStartObject("data");
    }

    private void WriteCloudEvent(Utf8JsonWriter json, SampleSession session, DateTimeOffset time, string type)
    {
        json.WriteString("specversion", "1.0");
        json.WriteString("id", NextId("ce"));
        json.WriteString("source", "/shop/web");
        json.WriteString("type", type);
        json.WriteString("time", Iso(time));
        json.WriteString("datacontenttype", "application/json");
        json.WriteStartObject("data");
        json.WriteString("user_id", session.User.Id);
        json.WriteString("session_id", session.Id);
        json.WriteString("device_type", session.User.Device);
    }

    private string NextId(string prefix) => $"{prefix}_{seed:x}_{_events:D8}";

    // About three in four are between 10 and 150, one in thirty is above 500: long-tailed, like real orders.
    private decimal NextAmount()
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return Math.Round((decimal)Math.Clamp(Math.Exp(4.1 + (1.15 * normal)), 1, 9_999), 2);
    }

    private static string Iso(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Compress(byte[] data)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(data);
        }

        return stream.ToArray();
    }

    private static string[] MakePages() =>
        [.. Enumerable.Range(0, 120).Select(i => i < Sections.Length ? "/" + Sections[i] : $"/products/{i - Sections.Length + 1}")];
}
