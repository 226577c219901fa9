using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Analytics.Events.Json;

namespace Analytics.Events.Patterns;

/// <summary>
/// A pattern that selects events, in the syntax of EventBridge
/// (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html): exact values, <c>prefix</c>, <c>suffix</c>,
/// <c>equals-ignore-case</c>, <c>wildcard</c>, <c>anything-but</c>, <c>numeric</c>, <c>exists</c>, <c>cidr</c>, <c>exactly</c> and
/// <c>$or</c>. Used for the filters of event source mappings, for counters and for alerts. Compiled once; matching neither allocates nor
/// throws.
/// </summary>
/// <remarks>
/// An array in the event matches if any of its elements does; an object in an array must match a nested pattern by itself.
/// Numbers are compared as exact decimals. The last of an event's duplicate properties is used; a pattern with duplicate conditions for a field is rejected.
/// docs/counters.md lists the differences from EventBridge.
/// </remarks>
public sealed class Pattern
{
    /// <summary>The key for patterns on JSON: the event's JSON, or a Kinesis record's data.</summary>
    internal const string DataKey = "data";

    private const int MaxStackBytes = 768;

    private readonly PatternNode _root;
    private readonly PatternTarget _target;

    private Pattern(PatternNode root, PatternTarget target)
    {
        _root = root;
        _target = target;
    }

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="PatternException">The pattern is invalid; the message names the path of the error.</exception>
    public static Pattern Parse(ReadOnlySpan<byte> utf8, PatternTarget target)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            var pattern = Parse(ref reader, target);
            reader.Read();
            return pattern;
        }
        catch (JsonException exception)
        {
            throw new PatternException("", $"not valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
    }

    /// <summary>Compiles the value at the reader's position, and leaves the reader at its last token.</summary>
    /// <exception cref="PatternException">The pattern is invalid.</exception>
    internal static Pattern Parse(ref Utf8JsonReader reader, PatternTarget target) =>
        new(PatternParser.Parse(ref reader, target), target);

    /// <summary>
    /// Returns whether an event matches. A top-level key of the pattern is a canonical field (<see cref="EventFieldNames"/>), which is both text and
    /// number, whichever its producer wrote; or <c>data</c>: the producer's JSON.
    /// </summary>
    /// <exception cref="InvalidOperationException">The pattern is for Kinesis records.</exception>
    public bool Matches(in Event @event)
    {
        Expect(PatternTarget.Event);
        var met = 0UL;
        var keys = _root.Keys;
        for (var index = 0; index < keys.Length; index++)
        {
            var bit = 1UL << index;
            if (keys[index].Field is { } field
                ? ((PatternLeaf)keys[index].Rule).IsMetBy(@event.Text(field), isField: true)
                : IsMetByJson(keys[index].Rule, @event.Json.Span))
            {
                met |= bit;
            }
            else if ((_root.Expression.Required & bit) != 0)
            {
                return false;
            }
        }

        return _root.Expression.Holds(met);
    }

    /// <summary>
    /// Returns whether a Kinesis record matches, like Lambda's FilterCriteria: <c>data</c> is the record's data as JSON, and data that is not JSON
    /// never matches a pattern on data; the other keys are the record's metadata.
    /// </summary>
    /// <exception cref="InvalidOperationException">The pattern is for events.</exception>
    public bool MatchesRecord(in PatternRecord record)
    {
        Expect(PatternTarget.Record);
        var met = 0UL;
        var keys = _root.Keys;
        for (var index = 0; index < keys.Length; index++)
        {
            bool isMet;
            if (keys[index].Name == DataKey)
            {
                if (!IsJson(record.Data))
                {
                    return false;
                }

                isMet = IsMetByJson(keys[index].Rule, record.Data);
            }
            else
            {
                isMet = IsMetByMetadata(keys[index], in record);
            }

            met |= isMet ? 1UL << index : 0;
        }

        return _root.Expression.Holds(met);
    }

    private static bool IsMetByMetadata(PatternKey key, in PatternRecord record)
    {
        if (key.Rule is not PatternLeaf leaf)
        {
            return key.Rule.MatchesNothing;
        }

        return key.Name switch
        {
            "partitionKey" => IsMetByText(leaf, record.PartitionKey),
            "sequenceNumber" => IsMetByText(leaf, record.SequenceNumber),
            "approximateArrivalTimestamp" => IsMetByNumber(leaf, record.ApproximateArrivalTimestamp),
            "kinesisSchemaVersion" => IsMetByText(leaf, record.KinesisSchemaVersion),
            "eventSource" => IsMetByText(leaf, record.EventSource),
            "eventVersion" => IsMetByText(leaf, record.EventVersion),
            "eventID" => IsMetByText(leaf, record.EventId),
            "eventName" => IsMetByText(leaf, record.EventName),
            "invokeIdentityArn" => IsMetByText(leaf, record.InvokeIdentityArn),
            "awsRegion" => IsMetByText(leaf, record.AwsRegion),
            "eventSourceARN" => IsMetByText(leaf, record.EventSourceArn),
            _ => leaf.MatchesNothing,
        };
    }

    private static bool IsMetByText(PatternLeaf leaf, string? text)
    {
        if (text is null)
        {
            return leaf.MatchesNothing;
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> utf8 = rented ?? stackalloc byte[MaxStackBytes];
        var length = Encoding.UTF8.GetBytes(text, utf8);
        var isMet = leaf.IsMetBy(new EventText(utf8[..length], JsonKind.String, escaped: false), isField: false);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return isMet;
    }

    private static bool IsMetByNumber(PatternLeaf leaf, decimal? number)
    {
        if (number is not { } value)
        {
            return leaf.MatchesNothing;
        }

        Span<byte> utf8 = stackalloc byte[32];
        value.TryFormat(utf8, out var length, provider: CultureInfo.InvariantCulture);
        return leaf.IsMetBy(new EventText(utf8[..length], JsonKind.Number, escaped: false), isField: false);
    }

    private static bool IsMetByJson(PatternRule rule, ReadOnlySpan<byte> json)
    {
        var scanner = JsonScanner.ForValid(json);
        return rule.IsMetByNext(ref scanner, json);
    }

    private static bool IsJson(ReadOnlySpan<byte> data)
    {
        var scanner = new JsonScanner(data, EventLimits.HighestMaxDepth, int.MaxValue);
        return Utf8.IsValid(data) && scanner.ReadValue(1, out _) && scanner.ReadEnd();
    }

    private void Expect(PatternTarget target)
    {
        if (_target != target)
        {
            throw new InvalidOperationException($"The pattern is for an {nameof(PatternTarget)}.{_target}.");
        }
    }
}
