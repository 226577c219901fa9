using System.Globalization;
using System.Text;

namespace Analytics.Reading.Benchmarks;

/// <summary>Page views; the same bytes every time.</summary>
internal static class PageViews
{
    public const decimal FirstArrival = 1_735_689_600.123m;

    /// <summary>The approximate size of a page view in bytes.</summary>
    private const int PayloadSize = 264;

    public static string PartitionKey(int i) => $"user-{i % 997:D4}";

    public static byte[] Payload(int i)
    {
        var fields = string.Create(CultureInfo.InvariantCulture, $$"""
            "timestamp":"2025-01-01T00:{{i / 60 % 60:D2}}:{{i % 60:D2}}.123Z","user_id":"user-{{i % 997:D4}}","event_type":"page_view",
            "session_id":"session-{{i % 4999:D6}}","location":"US","device_type":"mobile","amount":{{i % 500}}.25,"page_url":"/products/{{i % 101}}"
            """).ReplaceLineEndings("");
        var referrer = new string('r', PayloadSize - fields.Length - """{,"referrer":""}""".Length);
        return Encoding.UTF8.GetBytes($$"""{{{fields}},"referrer":"{{referrer}}"}""");
    }
}
