using System.Globalization;
using System.Text;
using System.Text.Json;
using Analytics.Alerting.Messages;
using Analytics.Alerting.Publishing;
using Analytics.Events.Definitions;

namespace Analytics.Alerting.Tests.Messages;

public sealed class AlertMessageTests
{
    private const string Link = "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/analytics";

    [Fact]
    public void AnAlertReadsWellInAnEmail()
    {
        var rule = SomeAlerts.Rule(""","description":"A purchase above 500.","severity":"info","text":"An order of {amount} by user {user_id}.","cooldown":{"period":"10m","by":["user_id"]}""");
        var content = Content(rule, new("amount", "500.010", 500.010m), new("user_id", "Ann O'Neill")) with
        {
            Key = "Ann O'Neill",
            HeldBack = 12,
            LastAlert = Some.Now.AddMinutes(-20),
        };

        Assert.Equal(
            """
            An Order
            An order of 500.010 by user "Ann O'Neill".

            Rule:          order (info): A purchase above 500.
            Time:          2025-08-08 09:30:00 UTC
            Key:           "Ann O'Neill"
            Since last:    12 more were held back since the last alert, at 2025-08-08 09:10:00 UTC
            amount:        500.010
            user_id:       "Ann O'Neill"

            Event:         o-1
            Record:        shardId-000000000001, sequence number 42, arrived 2025-08-08 09:29:58 UTC
            Dashboard:     https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/analytics
            Alert:         order:1

            """.ReplaceLineEndings("\n"),
            AlertMessage.Create(content, Link).ForPeople());
    }

    [Fact]
    public void AnAlertIsJsonForMachines()
    {
        var rule = SomeAlerts.Rule(""","severity":"critical","cooldown":{"period":"10m","by":["user_id"]}""");
        var message = AlertMessage.Create(
            Content(rule, new("amount", "501", 501), new("user_id", null)) with { Key = "u", HeldBack = 0, LastAlert = null }, Link);

        Assert.Equal(
            """{"id":"order:1","rule":"order","severity":"critical","subject":"An Order","text":null,"key":"u","time":"2025-08-08T09:30:00.000Z","held_back":0,"last_alert":null,"fields":{"amount":501,"user_id":null},"event":{"event_id":"o-1","shard_id":"shardId-000000000001","sequence_number":"42","approximate_arrival_timestamp":"2025-08-08T09:29:58.000Z"},"link":"https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/analytics"}""",
            message.Part("default"));
        Assert.Equal("An Order", message.Part("sms"));
        Assert.Equal(("order:1", "order", "critical", "u"), (message.Id, message.Rule, message.Severity, message.Key));
    }

    [Fact]
    public void WindowValueIncludesTheExpectedRange()
    {
        var rule = SomeAlerts.CreateRule("anomaly", """
            "subject":"Unusual {counter}","counter":"errors","text":"{value} errors in the minute from {time}; expected {expected}, score {score}."
            """);
        var content = new AlertContent
        {
            Rule = rule,
            Id = "order:errors",
            Time = Some.Now,
            Measurement = new AlertMeasurement("errors", Some.Now, Some.Now.AddMinutes(1), 73, 2.5m, 40.25m, 0.98765),
        };
        var message = AlertMessage.Create(content, null);
        var json = message.ForMachines();

        Assert.Equal("Unusual errors", message.Subject);
        Assert.Contains("73 errors in the minute from 2025-08-08 09:30:00 UTC; expected 2.5 to 40.25, score 0.988.", message.ForPeople(), StringComparison.Ordinal);
        Assert.Contains("Value:         73 of errors, expected 2.5 to 40.25\n", message.ForPeople(), StringComparison.Ordinal);
        Assert.Equal((73, 2.5, 40.25, 0.98765), (json.GetProperty("value").GetDouble(), json.GetProperty("expected").GetProperty("low").GetDouble(), json.GetProperty("expected").GetProperty("high").GetDouble(), json.GetProperty("score").GetDouble()));
        Assert.Equal("2025-08-08T09:31:00.000Z", json.GetProperty("window").GetProperty("end").GetString());
        Assert.False(json.TryGetProperty("event", out _));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("link").ValueKind);
    }

    [Theory]
    [InlineData(null, 0L, "first alert of this kind; others within 90 min are held back and counted")]
    [InlineData(null, 3L, "3 more were held back before this alert")]
    [InlineData(5, 0L, "none was held back since the last alert, at 2025-08-08 09:25:00 UTC")]
    [InlineData(5, 3L, "3 more were held back since the last alert, at 2025-08-08 09:25:00 UTC")]
    public void HeldBackAlertsSinceTheLastOneAreReported(int? minutesAgo, long heldBack, string line)
    {
        var content = Content(SomeAlerts.Rule(""","cooldown":{"period":"90m"}""")) with { HeldBack = heldBack, LastAlert = minutesAgo is { } minutes ? Some.Now.AddMinutes(-minutes) : null };

        Assert.Contains($"Since last:    {line}\n", AlertMessage.Create(content, null).ForPeople(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30m", "30 min")]
    [InlineData("2h", "2 h")]
    [InlineData("25h", "25 h")]
    [InlineData("3d", "3 d")]
    public void APeriodHasTheLargestUnitThatItIsAMultipleOf(string period, string shown) => Assert.Contains(
        $"others within {shown} are",
        AlertMessage.Create(Content(SomeAlerts.Rule($$""","cooldown":{"period":"{{period}}"}""")) with { HeldBack = 0 }, null).ForPeople(),
        StringComparison.Ordinal);

    [Fact]
    public void WhatAnAlertDoesNotHaveIsNotInItsEmail()
    {
        var email = AlertMessage.Create(Content(SomeAlerts.Rule()), null).ForPeople();

        Assert.Contains("\nRule:          order (warning)\n", email, StringComparison.Ordinal);
        Assert.All((string[])["Key:", "Since last:", "Score:", "Value:", "Dashboard:"], label => Assert.DoesNotContain(label, email, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, 12.5, "at most 12.5")]
    [InlineData(12.5, null, "at least 12.5")]
    [InlineData(null, null, "anything")]
    public void AnOpenRangeAndAMissingScoreAreStated(double? low, double? high, string expected)
    {
        var rule = SomeAlerts.CreateRule("anomaly", """ "subject":"Unusual {counter}","counter":"errors","text":"Expected {expected}, score {score}." """);
        var content = new AlertContent
        {
            Rule = rule,
            Id = "order:errors",
            Time = Some.Now,
            Measurement = new AlertMeasurement("errors", Some.Now, Some.Now.AddMinutes(1), 73, (decimal?)low, (decimal?)high),
        };
        var message = AlertMessage.Create(content, null);

        Assert.Contains($"Expected {expected}, score (none).\n", message.ForPeople(), StringComparison.Ordinal);
        Assert.DoesNotContain("Score:", message.ForPeople(), StringComparison.Ordinal);
        Assert.False(message.ForMachines().TryGetProperty("score", out _));
        Assert.Equal(low is null ? JsonValueKind.Null : JsonValueKind.Number, message.ForMachines().GetProperty("expected").GetProperty("low").ValueKind);
        Assert.Equal(high is null ? JsonValueKind.Null : JsonValueKind.Number, message.ForMachines().GetProperty("expected").GetProperty("high").ValueKind);
    }

    [Fact]
    public void ATemplateMayNameFieldsThatTheMessageDoesNotList()
    {
        var rule = SomeAlerts.Rule(""","text":"{data.x} of {city} {held_back} {rule} {severity} {key}"}""".TrimEnd('}'));
        var content = Content(rule) with { TemplateFields = [new("data.x", "7")] };

        Assert.Contains("\n7 of (none) 0 order warning (none)\n", AlertMessage.Create(content, null).ForPeople(), StringComparison.Ordinal);
    }

    /// <summary>Untrusted text in every field that a message shows.</summary>
    public static TheoryData<string, string> Hostile => new()
    {
        { "markup", "<script>alert(1)</script><a href='https://evil.example'>bank</a>" },
        { "line breaks", "x\r\nSubject: forged\r\n\r\nDashboard: https://evil.example/\n" },
        { "other line breaks", "a\u2028b\u2029c\u0085d\u000be\u000cf" },
        { "control characters", string.Concat(Enumerable.Range(0, 32).Select(code => (char)code)) + "\u007f\u009b31m" },
        { "right to left", "\u202egnp.exe\u202c \u2066\u2067\u200f\u061c" },
        { "Arabic and Hebrew", "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd" },
        { "template syntax", "{amount} {{user_id}} {0} ${x} %s {rule}" },
        { "JSON", "\",\"rule\":\"forged\",\"x\":\"\\u0022}" },
        { "an unpaired surrogate", "a\ud800b\udc00" },
        { "a link", "https://evil.example/login?a=1#b" },
        { "a link without a scheme", "www.evil.example/x evil.example" },
        { "a mailbox", "mailto:ann@evil.example" },
        { "an address of digits", "1.2.3.4/x" },
        { "homoglyphs", "https\uff1a//\u0430pple\u3002com \uff57\uff57\uff57\uff0eevil\uff61com ann\uff20evil\u2024com" },
        { "a share", "\\\\evil\\share" },
        { "invisible characters", "a\u200b\u200c\u200d\ufeff\u00ad\u2800\u3164\ufe0f\u034fb" },
        { "many marks", "Z" + new string('\u0301', 400) },
        { "plane 14", "a\U000E0041\U000E0042" },
        { "quotes", "\"' said \"bob\" ``" },
        { "1 MB", new string('x', 1 << 20) },
        { "1 MB of control characters", new string('\u0001', 1 << 20) },
        { "1 MB of pairs", string.Concat(Enumerable.Repeat("\U0001F600", 1 << 18)) },
        { "nothing", "" },
        { "spaces", "   " },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void ProducerContentIsEscaped(string what, string text)
    {
        Assert.NotEmpty(what);
        var rule = SomeAlerts.Rule(
            ""","text":"Order {amount} of {user_id} in {key}, {user_id}.","cooldown":{"period":"1m","by":["user_id"]},"subject":"{user_id}: order of {key}" """);
        var hostile = Content(rule, new("amount", text), new("user_id", text)) with
        {
            Key = text,
            HeldBack = 1,
            Event = new AlertEvent(text, Some.Shard, "42", Some.Arrival),
        };
        var plain = Content(rule, new("amount", "a"), new("user_id", "a")) with { Key = "a", HeldBack = 1, Event = new AlertEvent("a", Some.Shard, "42", Some.Arrival) };
        var message = AlertMessage.Create(hostile, Link);
        var email = message.ForPeople();

        // Subject: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
        Assert.InRange(message.Subject.Length, 1, AlertMessage.MaxSubjectLength);
        Assert.All(message.Subject, letter => Assert.InRange(letter, ' ', '~'));
        Assert.NotEqual(' ', message.Subject[0]);

        // The same lines with the same labels, and nothing that a mail program would show as something else.
        Assert.Equal(Labels(AlertMessage.Create(plain, Link).ForPeople()), Labels(email));
        Assert.All(email.EnumerateRunes().Where(rune => rune.Value != '\n'), rune => Assert.DoesNotContain(
            Rune.GetUnicodeCategory(rune),
            rune.Value is 0x2068 or 0x2069
                ? []
                : new[] { UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator, UnicodeCategory.PrivateUse, UnicodeCategory.OtherNotAssigned }));
        Assert.Equal(email.Count('\u2068'), email.Count('\u2069'));

        // No other link, and this one once.
        var others = email.Replace(Link, "", StringComparison.Ordinal);
        Assert.Equal(Link.Length, email.Length - others.Length);
        Assert.DoesNotMatch("(?i)://|www[.]|[a-z0-9][.][a-z]|mailto:|@[a-z]|[0-9][.][0-9]+[.]|\\\\\\\\", others[..others.IndexOf("\nRecord:", StringComparison.Ordinal)]);
        Assert.DoesNotMatch("[\u2024\u3002\ufe52\uff0e\uff61\uff1a\uff20\ufe6b]", email);

        // JSON with the required members, and the truncated text.
        var json = message.ForMachines();
        Assert.Equal(AlertMessage.Create(plain, Link).ForMachines().EnumerateObject().Select(member => member.Name), json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("order", "order:1", Link), (json.GetProperty("rule").GetString(), json.GetProperty("id").GetString(), json.GetProperty("link").GetString()));
        var shown = json.GetProperty("fields").GetProperty("user_id").GetString()!;
        Assert.StartsWith(shown, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);
        Assert.True(shown.Length >= Math.Min(text.Length, AlertMessage.MaxTextLength - 1));
        Assert.All(message.Message, letter => Assert.InRange(letter, ' ', '~'));

        // An attribute: XML's characters only, and not empty.
        Assert.True(message.Key is null == (text.Length == 0));
        Assert.All((message.Key ?? "").EnumerateRunes(), rune => Assert.False(Rune.IsControl(rune)));
        Assert.InRange((message.Key ?? "").Length, 0, 1_500);
    }

    [Theory]
    [InlineData("user-1_2", "user-1_2")]
    [InlineData("2025-08-08T09:29:00.123Z", "2025-08-08T09:29:00.123Z")]
    [InlineData("500.01", "500.01")]
    [InlineData("J. R. Smith", "\"J. R. Smith\"")]
    [InlineData("https://a.example", "\"https[:]//a[.]example\"")]
    [InlineData("a@b.example", "\"a[@]b[.]example\"")]
    [InlineData("10.0.0.1", "\"10[.]0[.]0[.]1\"")]
    [InlineData("say \"hi\"", "\"say 'hi'\"")]
    [InlineData("a\nb", "\"a[U+000A]b\"")]
    [InlineData("\u202ex", "\"[U+202E]x\"")]
    [InlineData("\u05e9", "\"\u2068\u05e9\u2069\"")]
    [InlineData("Zoë 東京", "\"Zoë 東京\"")]
    [InlineData("e\u0301", "\"e\u0301\"")]
    [InlineData("javascript:alert(1)", "\"javascript[:]alert(1)\"")]
    [InlineData("12:30", "12:30")]
    [InlineData("12:", "\"12:\"")]
    [InlineData("x: y", "\"x: y\"")]
    [InlineData("end.", "\"end.\"")]
    [InlineData("The end. No", "\"The end. No\"")]
    [InlineData(".5", "\"[.]5\"")]
    [InlineData("a.5", "\"a[.]5\"")]
    [InlineData("5.a", "\"5[.]a\"")]
    [InlineData("a:5", "\"a[:]5\"")]
    [InlineData("\u08FF", "\"\u2068\u08FF\u2069\"")]
    [InlineData("1.5.2", "\"1[.]5[.]2\"")]
    [InlineData("a+b", "a+b")]
    [InlineData("a=b", "\"a=b\"")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234", "1234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "\"12345678901234567890123456789012345678901234567890123456789012345\"")]
    [InlineData("a\u2024b\u3002c\uFE52d\uFF0Ee\uFF61", "\"a[.]b[.]c[.]d[.]e[.]\"")]
    [InlineData("a\u2236b\uA789c\uFE13d\uFE55e\uFF1A", "\"a[:]b[:]c[:]d[:]e[:]\"")]
    [InlineData("a\uFE6Bb\uFF20", "\"a[@]b[@]\"")]
    [InlineData("\\\\share\\x", "\"[\\]\\share\\x\"")]
    [InlineData("\u05BE", "\"\u2068\u05BE\u2069\"")]
    [InlineData("\uFB1D", "\"\u2068\uFB1D\u2069\"")]
    [InlineData("\uFE70", "\"\u2068\uFE70\u2069\"")]
    [InlineData("\U00010800", "\"\u2068\U00010800\u2069\"")]
    [InlineData("\U0001E800", "\"\u2068\U0001E800\u2069\"")]
    [InlineData("\u0900", "\"\u0900\"")]
    [InlineData("\u058F", "\"\u058F\"")]
    [InlineData("\U00011000", "\"\U00011000\"")]
    [InlineData("", "\"\"")]
    public void ValueIsQuotedAndDefangedUnlessHarmless(string text, string shown)
    {
        var content = Content(SomeAlerts.Rule(), new AlertFact("user_id", text));

        Assert.Contains($"user_id:       {shown}\n", AlertMessage.Create(content, null).ForPeople(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x", 6)]
    [InlineData("\u0001", 6)]
    [InlineData("\ufdfa", 6)]
    [InlineData("\"", 6)]
    [InlineData("\\", 6)]
    [InlineData("+", 6)]
    [InlineData("\U0001F600", 6)]
    [InlineData("\U000E0041", 6)]
    public void LargestAllowedMessageFitsTheSnsLimit(string character, int repeat)
    {
        var text = string.Concat(Enumerable.Repeat(character, 1_000 * repeat));
        var names = Enumerable.Range(10, MatchRule.MaxFields).Select(number => $"data.{number}").ToList();
        var placeholders = string.Concat(names.Select(name => $"{{{name}}}"));
        var members = $$"""
            "subject":"s","description":"{{new string('d', 500)}}","pattern":{"event_type":["purchase"]},"cooldown":{"period":"1m","by":["user_id"]},
            "fields":["{{string.Join("\",\"", names)}}"],"text":"{{placeholders + new string('t', AlertTemplate.MaxLength - placeholders.Length)}}"
            """;
        var rule = SomeAlerts.CreateRule("match", members);
        var content = Content(rule, [.. names.Select(name => new AlertFact(name, text))]) with { Key = text, HeldBack = long.MaxValue, Event = new AlertEvent(text, Some.Shard, Some.Sequence(1), Some.Arrival) };
        var message = AlertMessage.Create(content, Link);

        Assert.InRange(Encoding.UTF8.GetByteCount(message.Message) + 10_000, 0, AlertPublisher.MaxBytes);
    }

    private static string[] Labels(string email) => [.. email.Split('\n').Select((line, index) => index < 2 ? "" : line.Length > 14 && line[14] == ' ' && line.Contains(':', StringComparison.Ordinal) ? line[..line.IndexOf(':', StringComparison.Ordinal)] : "")];

    private static AlertContent Content(AlertRule rule, params AlertFact[] fields) => new()
    {
        Rule = rule,
        Id = "order:1",
        Time = Some.Now,
        Fields = fields,
        Event = new AlertEvent("o-1", Some.Shard, "42", Some.Arrival),
    };
}
