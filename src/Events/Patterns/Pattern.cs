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
/// <c>$or</c>. One implementation for the filters of a mapping, for counters and for alerts. Compiled once; matching does not allocate, and
/// never throws.
/// </summary>
/// <remarks>
/// An array in the event matches when any of its elements does; an object in an array must meet a nested pattern on its own.
/// Numbers are compared as exact decimals. Of an event's property given twice, the last counts; a pattern that gives a field twice is refused.
/// docs/counters.md lists the differences from EventBridge.
/// </remarks>
public sealed class Pattern
{
    /// <summary>The key under which a pattern looks into JSON: the event's own, or a Kinesis record's data.</summary>
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
    /// <exception cref="PatternException">It is not a pattern; the message names the path of the fault.</exception>
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

    /// <summary>Compiles the value that the reader stands on, and leaves the reader on its last token.</summary>
    /// <exception cref="PatternException">It is not a pattern.</exception>
    internal static Pattern Parse(ref Utf8JsonReader reader, PatternTarget target) =>
        new(PatternParser.Parse(ref reader, target), target);

    /// <summary>
    /// Whether an event matches. A key of the pattern's top level is a canonical field (<see cref="EventFieldNames"/>), which is text and
    /// number alike, whichever its producer wrote; or <c>data</c>: the producer's own JSON as it stands.
    /// </summary>
    /// <exception cref="InvalidOperationException">The pattern was made for Kinesis records.</exception>
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
    /// Whether a Kinesis record matches, as Lambda's FilterCriteria decide it: <c>data</c> is the record's data as JSON, and what is no JSON
    /// never matches a pattern that asks for data; the other keys are the record's metadata.
    /// </summary>
    /// <exception cref="InvalidOperationException">The pattern was made for events.</exception>
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
