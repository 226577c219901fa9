using System.Globalization;
using System.Text;

namespace Analytics.Archive.Benchmarks;

/// <summary>Purchases and page views of about 400 bytes; the same bytes every time.</summary>
internal static class Shopping
{
    public const decimal FirstArrival = 1_754_645_400.000m;

    public static string PartitionKey(int number) => $"user-{number % 5000}";

    public static byte[] Payload(int number)
    {
        var random = new Random(number);
        var id = new byte[16];
        random.NextBytes(id);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"event_id":"{{new Guid(id)}}","event_type":"{{(number % 4 == 0 ? "purchase" : "page_view")}}","timestamp":"2025-08-08T09:{{number % 30:D2}}:{{number % 60:D2}}.{{number % 1000:D3}}Z","data":{"user_id":"user-{{random.Next(5000)}}","session_id":"{{random.NextInt64():x}}","page":"/products/{{random.Next(300)}}","device":"mobile","location":"Berlin","amount":{{random.Next(100_000) / 100m}},"currency":"EUR","referrer":"https://example.com/{{random.Next()}}","campaign":"summer-{{random.Next(20)}}","note":"{{random.NextInt64():x}}{{random.NextInt64():x}}{{random.NextInt64():x}}"} }"""));
    }
}
