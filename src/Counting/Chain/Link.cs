using System.Buffers.Binary;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Analytics.Counting.Deltas;
using Analytics.Counting.Keys;
using Analytics.Counting.Packing;
using Analytics.Counting.Storage;
using Analytics.Streaming;

namespace Analytics.Counting.Chain;

/// <summary>
/// A link of a shard's chain: the counts of a batch or of a part of it. Its sort key is the position from which it continues.
/// </summary>
internal sealed record Link
{
    private const string EndName = "end";
    private const string FirstName = "first";
    private const string RecordsName = "records";
    private const string UserRecordsName = "userRecords";
    private const string EventsName = "events";
    private const string MalformedName = "malformed";
    private const string DefinitionsName = "definitions";
    private const string BoundsName = "eventTimeBounds";
    private const string FirstArrivalName = "firstArrival";
    private const string LastArrivalName = "lastArrival";
    private const string WrittenName = "writtenAt";
    private const string TailName = "tail";
    private const string DeltaName = "delta";
    private const string CorrectsName = "corrects";
    private const string BackfilledToName = "backfilledTo";

    public required string ShardId { get; init; }

    /// <summary>The key of the position from which it continues.</summary>
    public required string From { get; init; }

    /// <summary>The position after it.</summary>
    public required ShardPosition End { get; init; }

    /// <summary>The first sequence number in it.</summary>
    public required SequenceNumber First { get; init; }

    /// <summary>The sequence numbers whose first user record is in it.</summary>
    public required long Records { get; init; }

    public required long UserRecords { get; init; }

    public required long Events { get; init; }

    public required long Malformed { get; init; }

    /// <summary>The hash of the definitions with which it was created.</summary>
    public required string Definitions { get; init; }

    /// <summary>The event-time bounds with which it was created, as <see cref="CounterPlan.BoundsText"/>.</summary>
    public required string Bounds { get; init; }

    public required DateTimeOffset FirstArrival { get; init; }

    public required DateTimeOffset LastArrival { get; init; }

    public required DateTimeOffset Written { get; init; }

    /// <summary>The sequence numbers counted by a correction, ascending; empty for a link of the shard's chain.</summary>
    public IReadOnlyList<SequenceNumber> Corrects { get; init; } = [];

    /// <summary>The last sequence number of the range counted by a backfill, which starts at <see cref="First"/>; null for other links.</summary>
    public SequenceNumber? BackfilledTo { get; init; }

    /// <summary>The last sequence number whose user records it counts, or null.</summary>
    public SequenceNumber? Last => BackfilledTo ?? (Corrects.Count > 0 ? Corrects[^1] : End.SequenceNumber);

    /// <summary>The cells, as <see cref="DeltaPackage"/>.</summary>
    public byte[] Package { get; private init; } = [];

    /// <summary>The link with its cells.</summary>
    public Link With(byte[] cells) => this with { Package = DeltaPackage.Pack(cells, Describe()) };

    /// <summary>Creates a link with the counts of a slice.</summary>
    /// <param name="chain">The chain: the shard's, or one of corrections.</param>
    /// <param name="from">The key of the position from which it continues.</param>
    /// <param name="end">The position after it.</param>
    /// <param name="slice">The user records, folded.</param>
    /// <param name="plan">The plan of the fold.</param>
    /// <param name="written">The time of writing, UTC.</param>
    /// <param name="corrects">The sequence numbers that a correction counts, ascending; empty for a shard's own chain.</param>
    public static Link FromSlice(
        string chain,
        string from,
        ShardPosition end,
        BatchSlice slice,
        CounterPlan plan,
        DateTimeOffset written,
        IReadOnlyList<SequenceNumber> corrects) => new Link
        {
            ShardId = chain,
            From = from,
            End = end,
            First = slice.First,
            Records = slice.Records,
            UserRecords = slice.UserRecords,
            Events = slice.Events,
            Malformed = slice.Malformed,
            Definitions = plan.Set.Hash,
            Bounds = plan.BoundsText,
            FirstArrival = slice.FirstArrival,
            LastArrival = slice.LastArrival,
            Written = written,
            Corrects = corrects,
        }.With(DeltaEncoder.Encode(plan.Counters, slice.Cells));

    /// <summary>Reads the cells.</summary>
    /// <param name="set">The counters with which it was created.</param>
    /// <exception cref="CounterTableException">The item is damaged.</exception>
    public List<DeltaCell> ReadCells(CounterSet set)
    {
        try
        {
            return DeltaDecoder.Decode(set.Counters, DeltaPackage.Unpack(Package, Describe()));
        }
        catch (FormatException exception)
        {
            throw Damaged(CounterKeys.GetChain(ShardId), From, exception);
        }
    }

    public Dictionary<string, AttributeValue> ToItem(DateTimeOffset expiry)
    {
        var item = Attributes.Item(new ItemKey(CounterKeys.GetChain(ShardId), From));
        item.Add(EndName, Attributes.Text(End.Key));
        item.Add(FirstName, Attributes.Text(First.ToString()));
        item.Add(RecordsName, Attributes.Number(Records));
        item.Add(UserRecordsName, Attributes.Number(UserRecords));
        item.Add(EventsName, Attributes.Number(Events));
        item.Add(MalformedName, Attributes.Number(Malformed));
        item.Add(DefinitionsName, Attributes.Text(Definitions));
        item.Add(BoundsName, Attributes.Text(Bounds));
        item.Add(FirstArrivalName, Attributes.Time(FirstArrival));
        item.Add(LastArrivalName, Attributes.Time(LastArrival));
        item.Add(WrittenName, Attributes.Time(Written));
        item.Add(DeltaName, Attributes.Binary(Package));
        item.Add(Attributes.Expiry, Attributes.Number(expiry.ToUnixTimeSeconds()));
        if (End.IsOpen)
        {
            item.Add(TailName, Attributes.Binary(WriteTail(End.Counted)));
        }

        if (Corrects.Count > 0)
        {
            item.Add(CorrectsName, new AttributeValue { L = [.. Corrects.Select(one => Attributes.Text(one.ToString()))] });
        }

        if (BackfilledTo is { } last)
        {
            item.Add(BackfilledToName, Attributes.Text(last.ToString()));
        }

        return item;
    }

    /// <summary>Reads an item of a chain.</summary>
    /// <exception cref="CounterTableException">The item is damaged.</exception>
    public static Link FromItem(Dictionary<string, AttributeValue> item)
    {
        var key = Attributes.GetKey(item);
        try
        {
            return new Link
            {
                ShardId = key.Partition[CounterKeys.GetChain("").Length..],
                From = key.Sort,
                End = ShardPosition.Parse(Attributes.GetText(item, EndName), Attributes.GetBytes(item, TailName) is { } tail ? ReadTail(tail) : null),
                First = SequenceNumber.Parse(Attributes.GetText(item, FirstName)),
                Records = Attributes.GetNumber(item, RecordsName),
                UserRecords = Attributes.GetNumber(item, UserRecordsName),
                Events = Attributes.GetNumber(item, EventsName),
                Malformed = Attributes.GetNumber(item, MalformedName),
                Definitions = Attributes.GetText(item, DefinitionsName),
                Bounds = Attributes.GetText(item, BoundsName),
                FirstArrival = Attributes.GetTime(item, FirstArrivalName),
                LastArrival = Attributes.GetTime(item, LastArrivalName),
                Written = Attributes.GetTime(item, WrittenName),
                Corrects = [.. (item.GetValueOrDefault(CorrectsName)?.L ?? []).Select(one => SequenceNumber.Parse(one.S ?? ""))],
                BackfilledTo = item.TryGetValue(BackfilledToName, out var backfilled) ? SequenceNumber.Parse(backfilled.S ?? "") : null,
                Package = Attributes.GetBytes(item, DeltaName) ?? throw Attributes.Invalid(DeltaName, "binary"),
            };
        }
        catch (FormatException exception)
        {
            throw Damaged(key.Partition, key.Sort, exception);
        }
    }

    /// <summary>All attributes but cells and expiry as one text, which the checksum covers.</summary>
    private string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{ShardId} {From} {End.Key} {Convert.ToHexString(WriteTail(End.Counted))} {First} {Records} {UserRecords} {Events} {Malformed} {Definitions} {Bounds} {Attributes.TimeText(FirstArrival)} {Attributes.TimeText(LastArrival)} {Attributes.TimeText(Written)}{string.Concat(Corrects.Select(one => $" {one}"))}{(BackfilledTo is { } last ? $" to {last}" : "")}");

    private static CounterTableException Damaged(string partition, string sort, FormatException exception) =>
        new($"Item {partition}, {sort} of the counters table is damaged: {exception.Message}. Restore it from a backup of the table; `analytics audit` reports the records that are not counted.", exception);

    /// <summary>Fingerprints ascending, each with its count.</summary>
    private static byte[] WriteTail(IReadOnlyDictionary<ulong, int> counted)
    {
        var writer = new PackedWriter();
        foreach (var (fingerprint, count) in counted.OrderBy(one => one.Key))
        {
            BinaryPrimitives.WriteUInt64BigEndian(writer.Reserve(sizeof(ulong)), fingerprint);
            writer.Number((ulong)count);
        }

        return writer.ToArray();
    }

    private static Dictionary<ulong, int> ReadTail(byte[] tail)
    {
        var counted = new Dictionary<ulong, int>();
        var reader = new PackedReader(tail);
        while (!reader.AtEnd)
        {
            var fingerprint = BinaryPrimitives.ReadUInt64BigEndian(reader.Bytes(sizeof(ulong)));
            counted[fingerprint] = reader.Number(int.MaxValue / 2);
        }

        return counted;
    }
}
