using System.Text;
using System.Text.Unicode;
using Analytics.Events.Json;

namespace Analytics.Events.Reading;

/// <summary>Scans an event's JSON in one pass: validates it and records the positions of the known fields.</summary>
internal ref struct EventScan
{
    /// <summary>A known name has at most 15 bytes, or six times as many if every byte is escaped.</summary>
    private const int MaxEscapedName = 15 * 6;

    private readonly ReadOnlySpan<byte> _json;
    private readonly ref EventSlots _slots;
    private JsonScanner _scanner;
    private bool _hasData;
    private bool _hasDataObject;

    private EventScan(ReadOnlySpan<byte> json, EventLimits limits, ref EventSlots slots)
    {
        _json = json;
        _scanner = new JsonScanner(json, limits.MaxDepth, limits.MaxStringBytes);
        _slots = ref slots;
    }

    private enum JsonScope
    {
        Top,
        Data,
        Location,
        DataLocation,
    }

    /// <summary>Scans an event into empty slots. Returns false and the reason if it is malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, EventLimits limits, ref EventSlots slots, out EventDialect dialect, out Malformed malformed)
    {
        var scan = new EventScan(json, limits, ref slots);
        var isEvent = scan.Run(limits, out malformed);
        dialect = isEvent ? scan.Settle() : EventDialect.Unknown;
        return isEvent;
    }

    private bool Run(EventLimits limits, out Malformed malformed)
    {
        if (_json.Length > limits.MaxEventBytes)
        {
            malformed = new Malformed(MalformedReason.TooLarge);
            return false;
        }

        if (!Utf8.IsValid(_json))
        {
            malformed = new Malformed(MalformedReason.InvalidUtf8, FirstInvalid(_json));
            return false;
        }

        var first = _scanner.Peek();
        if (_scanner.Position == _json.Length)
        {
            malformed = new Malformed(MalformedReason.Empty);
            return false;
        }

        if (first != (byte)'{')
        {
            var start = _scanner.Position;
            malformed = _scanner.ReadValue(1, out _) && _scanner.ReadEnd()
                ? new Malformed(MalformedReason.NotAnObject, start)
                : _scanner.Fault;
            return false;
        }

        var good = ReadMembers(JsonScope.Top, 1) && _scanner.ReadEnd();
        malformed = _scanner.Fault;
        return good;
    }

    private bool ReadMembers(JsonScope place, int depth)
    {
        if (!_scanner.Enter(depth))
        {
            return false;
        }

        var first = true;
        while (true)
        {
            if (!_scanner.ReadName(ref first, out var name, out var atEnd))
            {
                return false;
            }

            if (atEnd)
            {
                return true;
            }

            var known = Find(place, name);
            if (known.Slot >= EventSlots.Count)
            {
                if (!ReadPlace(known.Slot == EventSlots.Data ? JsonScope.Data : place == JsonScope.Top ? JsonScope.Location : JsonScope.DataLocation, known.Rank, depth + 1))
                {
                    return false;
                }
            }
            else if (!_scanner.ReadValue(depth + 1, out var value))
            {
                return false;
            }
            else if (known.Slot >= 0)
            {
                _slots.Offer(known.Slot, known.Rank, value);
            }
        }
    }

    private bool ReadPlace(JsonScope place, int rank, int depth)
    {
        if (place == JsonScope.Data)
        {
            if (_hasData)
            {
                _slots.Forget(0, EventSlots.Count - 1, KnownName.DataRank, int.MaxValue);
            }

            _hasData = true;
            _hasDataObject = _scanner.Peek() == (byte)'{';
        }
        else
        {
            _slots.Forget((int)EventField.Country, (int)EventField.City, rank, rank);
        }

        if (_scanner.Peek() == (byte)'{')
        {
            return ReadMembers(place, depth);
        }

        if (!_scanner.ReadValue(depth, out var value))
        {
            return false;
        }

        if (place != JsonScope.Data)
        {
            _slots.Offer((int)EventField.Country, rank, value);
        }

        return true;
    }

    private readonly KnownName Find(JsonScope place, JsonSlice name)
    {
        if (name.IsEscaped)
        {
            return FindEscaped(place, name);
        }

        return Find(place, name.GetBytes(_json));
    }

    private readonly KnownName FindEscaped(JsonScope place, JsonSlice name)
    {
        Span<byte> plain = stackalloc byte[MaxEscapedName];
        return name.Length <= MaxEscapedName && JsonString.TryUnescape(name.GetBytes(_json), plain, out var length)
            ? Find(place, plain[..length])
            : KnownName.None;
    }

    private static KnownName Find(JsonScope place, ReadOnlySpan<byte> name) => place switch
    {
        JsonScope.Top => KnownName.AtTop(name),
        JsonScope.Data => KnownName.InData(name),
        JsonScope.Location => KnownName.InLocation(name),
        _ => KnownName.InLocation(name) with { Rank = KnownName.DataRank },
    };

    /// <summary>Detects the dialect, and sets the fields that only that dialect has.</summary>
    private EventDialect Settle()
    {
        var type = _slots[EventSlots.CloudEventsType];
        if (_slots[EventSlots.SpecVersion].Kind == JsonKind.String && type.Kind == JsonKind.String)
        {
            _slots[(int)EventField.EventType] = type;
            Prefer(EventSlots.CloudEventsId, EventField.EventId);
            Prefer(EventSlots.CloudEventsTime, EventField.Timestamp);
            return EventDialect.CloudEvents;
        }

        ref var eventType = ref _slots[(int)EventField.EventType];
        if (eventType.HasText && eventType.Length > 0)
        {
            return _hasDataObject ? EventDialect.Envelope
                : eventType.Rank == 0 ? EventDialect.FlatSnakeCase
                : EventDialect.FlatCamelCase;
        }

        eventType = default;
        var amount = _slots[(int)EventField.Amount];
        if (_slots[EventSlots.OrderId].HasText && amount.HasText && amount.Rank < KnownName.DataRank)
        {
            Prefer(EventSlots.OrderId, EventField.EventId);
            return EventDialect.Retail;
        }

        return EventDialect.Unknown;
    }

    private void Prefer(int slot, EventField field)
    {
        if (_slots[slot].HasText)
        {
            _slots[(int)field] = _slots[slot];
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(utf8[position..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            position += consumed;
        }

        return position;
    }
}
