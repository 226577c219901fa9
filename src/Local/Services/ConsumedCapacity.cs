using System.Text.Json;

namespace Analytics.Local.Services;

/// <summary>The capacity that a call of DynamoDB consumes, as the service computes it: 1 KB for a write unit, 4 KB for a read unit.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html</remarks>
internal static class ConsumedCapacity
{
    private static ReadOnlySpan<byte> Request => "\"ReturnConsumedCapacity\":\"TOTAL\""u8;

    /// <summary>Requests the consumed capacity in a request that does not do so.</summary>
    /// <param name="body">The request's JSON.</param>
    /// <returns>The JSON to send: <paramref name="body"/> itself if it already does so or is not an object.</returns>
    public static byte[] Ask(byte[] body)
    {
        var start = body.AsSpan().IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0 || body[start] != '{' || body.AsSpan().IndexOf("\"ReturnConsumedCapacity\""u8) >= 0)
        {
            return body;
        }

        var rest = body.AsSpan(start + 1);
        var isEmpty = rest.TrimStart(" \t\r\n"u8) is [(byte)'}', ..];
        return [(byte)'{', .. Request, .. isEmpty ? ""u8 : ","u8, .. rest];
    }

    /// <summary>Reads the consumed capacity from a response, summed over all tables.</summary>
    /// <returns>0 if the response has none.</returns>
    public static decimal Read(ReadOnlySpan<byte> reply)
    {
        try
        {
            var json = new Utf8JsonReader(reply);
            var units = 0m;
            for (var isConsumed = false; json.Read();)
            {
                switch (json.TokenType)
                {
                    case JsonTokenType.PropertyName when json.CurrentDepth == 1:
                        isConsumed = json.ValueTextEquals("ConsumedCapacity"u8);
                        break;
                    case JsonTokenType.PropertyName when isConsumed && json.ValueTextEquals("CapacityUnits"u8):
                        _ = json.Read();
                        units += json.GetDecimal();
                        break;
                    case JsonTokenType.PropertyName when isConsumed && !json.ValueTextEquals("TableName"u8):
                        // Table and indexes repeat parts of the total.
                        json.Skip();
                        break;
                    default:
                        break;
                }
            }

            return units;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return 0;
        }
    }
}
