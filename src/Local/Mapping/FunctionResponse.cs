using System.Text.Json;

namespace Analytics.Local.Mapping;

/// <summary>The result of a batch according to a function's response.</summary>
/// <param name="FailedFrom">
/// The index of the lowest failed record: the number of records if none failed, 0 if the whole batch failed.
/// Without records, only <see cref="Succeeded"/> distinguishes success from failure.
/// </param>
/// <param name="Succeeded">Whether the batch succeeded.</param>
/// <param name="State">The window's new state, a JSON object, or empty.</param>
internal readonly record struct FunctionResponse(int FailedFrom, bool Succeeded, ReadOnlyMemory<byte> State)
{
    private static readonly FunctionResponse WholeBatchFailed = new(0, false, default);

    /// <param name="payload">The response.</param>
    /// <param name="records">The batch.</param>
    /// <param name="reportsFailures">Whether ReportBatchItemFailures is on.</param>
    /// <param name="needsState">Whether the batch belongs to a tumbling window.</param>
    public static FunctionResponse Read(
        ReadOnlyMemory<byte> payload, ReadOnlySpan<PolledRecord> records, bool reportsFailures, bool needsState)
    {
        if (!reportsFailures && !needsState)
        {
            return new(records.Length, true, default);
        }

        if (!TryParse(payload, out var identifiers, out var state) || (needsState && state.IsEmpty))
        {
            return WholeBatchFailed;
        }

        if (!reportsFailures || identifiers.Count == 0)
        {
            return new(records.Length, true, state);
        }

        return FindLowest(identifiers, records) is { } failedFrom ? new(failedFrom, false, state) : WholeBatchFailed;
    }

    /// <returns>The lowest index of the identifiers, or null if an identifier is not a record of the batch.</returns>
    private static int? FindLowest(List<string?> identifiers, ReadOnlySpan<PolledRecord> records)
    {
        var indexes = new Dictionary<string, int>(records.Length, StringComparer.Ordinal);
        for (var i = 0; i < records.Length; i++)
        {
            // User records of an aggregate share a sequence number, which identifies the first of them.
            indexes.TryAdd(records[i].Record.SequenceNumber, i);
        }

        var lowest = records.Length;
        foreach (var identifier in identifiers)
        {
            if (identifier is null || !indexes.TryGetValue(identifier, out var index))
            {
                return null;
            }

            lowest = Math.Min(lowest, index);
        }

        return lowest;
    }

    private static bool TryParse(ReadOnlyMemory<byte> payload, out List<string?> identifiers, out ReadOnlyMemory<byte> state)
    {
        identifiers = [];
        state = default;
        if (payload.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return true;
        }

        var json = new Utf8JsonReader(payload.Span);
        try
        {
            json.Read();
            if (json.TokenType == JsonTokenType.Null)
            {
                return !json.Read();
            }

            if (json.TokenType == JsonTokenType.StartArray)
            {
                // An empty array as the whole response is a success; any other array is invalid.
                return json.Read() && json.TokenType == JsonTokenType.EndArray && !json.Read();
            }

            if (json.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("batchItemFailures"u8))
                {
                    json.Read();
                    if (!TryReadFailures(ref json, identifiers))
                    {
                        return false;
                    }
                }
                else if (json.ValueTextEquals("state"u8))
                {
                    json.Read();
                    var start = (int)json.TokenStartIndex;
                    var isObject = json.TokenType == JsonTokenType.StartObject;
                    json.Skip();
                    state = isObject ? payload[start..(int)json.BytesConsumed] : default;
                }
                else
                {
                    json.Read();
                    json.Skip();
                }
            }

            return !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads the list, or returns null. An element that is not an object with a string itemIdentifier becomes null.</summary>
    private static bool TryReadFailures(ref Utf8JsonReader json, List<string?> identifiers)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            string? identifier = null;
            if (json.TokenType == JsonTokenType.StartObject)
            {
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    var isIdentifier = json.ValueTextEquals("itemIdentifier"u8);
                    json.Read();
                    if (isIdentifier && json.TokenType == JsonTokenType.String)
                    {
                        identifier = json.GetString();
                    }

                    json.Skip();
                }
            }
            else
            {
                json.Skip();
            }

            identifiers.Add(identifier);
        }

        return true;
    }
}
