using System.Globalization;
using System.Text;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Tail;

/// <summary>Formats a record as a line. Texts come from producers, so terminal control sequences are escaped.</summary>
internal static class TailLine
{
    private const int MaxTextLength = 80;
    private const int ShardDigits = 4;

    /// <summary>Returns a human-readable line.</summary>
    public static string Text(TailedRecord record)
    {
        var shard = record.ShardId.Length > ShardDigits ? record.ShardId[^ShardDigits..] : record.ShardId;
        var start = string.Create(CultureInfo.InvariantCulture, $"{record.Arrival.UtcDateTime:HH:mm:ss.fff}  {shard}  ");
        if (record.Reason is { } reason)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{start}malformed: {reason}  {record.Length} bytes  {Bytes(record.Preview.Span)}{(record.Length > record.Preview.Length ? " …" : "")}");
        }

        var amount = record.Amount is { } number ? record.Currency is { } currency ? $"{Printable(number)} {Printable(currency)}" : Printable(number) : "";
        return $"{start}{Printable(record.Type ?? ""),-14}  {Printable(record.User ?? "-"),-16}  {amount}".TrimEnd();
    }

    /// <summary>Returns a line of JSON.</summary>
    public static string Json(TailedRecord record) => JsonText.Write(JsonText.Line, json =>
    {
        json.WriteStartObject();
        json.WriteString("arrival", record.Arrival.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("shard_id", record.ShardId);
        json.WriteString("sequence_number", record.SequenceNumber);
        json.WriteString("partition_key", record.PartitionKey);
        if (record.Reason is { } reason)
        {
            json.WriteString("malformed", reason);
            json.WriteNumber("bytes", record.Length);
            json.WriteBase64String("data", record.Preview.Span);
        }
        else
        {
            json.WriteString("event_type", record.Type);
            json.WriteString("user_id", record.User);
            json.WriteString("amount", record.Amount);
            json.WriteString("currency", record.Currency);
        }

        json.WriteEndObject();
    });

    /// <summary>Returns text without characters that move the cursor or change colours or text direction; truncated if it is long.</summary>
    internal static string Printable(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length >= MaxTextLength)
            {
                return safe.Append('…').ToString();
            }

            _ = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                ? safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}")
                : safe.Append(rune.ToString());
        }

        return safe.ToString();
    }

    /// <summary>Formats bytes as text: printable ASCII unchanged, all else as <c>\xNN</c>.</summary>
    internal static string Bytes(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder(data.Length);
        foreach (var one in data)
        {
            _ = one is >= 0x20 and < 0x7F and not (byte)'\\' ? text.Append((char)one) : text.Append(CultureInfo.InvariantCulture, $"\\x{one:X2}");
        }

        return text.ToString();
    }
}
