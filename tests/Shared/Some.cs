using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Analytics.Events;
using Analytics.Streaming;

namespace Analytics.Tests;

/// <summary>Creates test objects, valid by default.</summary>
internal static class Some
{
    public const string Shard = "shardId-000000000001";
    public const string StreamArn = "arn:aws:kinesis:eu-west-1:123456789012:stream/analytics";

    /// <summary>The time at which batches are processed.</summary>
    public static readonly DateTimeOffset Now = new(2025, 8, 8, 9, 30, 0, TimeSpan.Zero);

    /// <summary>The arrival time of records.</summary>
    public static readonly DateTimeOffset Arrival = Now.AddSeconds(-2);

    public static BatchInfo BatchInfo => new(StreamArn, Shard, Now);

    /// <summary>The sequence number of the n-th record.</summary>
    public static string Sequence(int number) => "4959033827149025660855969253836157109592157598913697" + number.ToString("D4", CultureInfo.InvariantCulture);

    public static KinesisEvent.KinesisEventRecord Record(int number, string json = "{}", DateTimeOffset? arrival = null, string shard = Shard) =>
        Record(number, Encoding.UTF8.GetBytes(json), arrival, shard);

    public static KinesisEvent.KinesisEventRecord Record(int number, byte[] data, DateTimeOffset? arrival = null, string shard = Shard) => new()
    {
        EventId = $"{shard}:{Sequence(number)}",
        EventName = "aws:kinesis:record",
        EventSource = "aws:kinesis",
        EventSourceARN = StreamArn,
        Kinesis = new KinesisEvent.Record
        {
            Data = new MemoryStream(data, 0, data.Length, writable: false, publiclyVisible: true),
            SequenceNumber = Sequence(number),
            PartitionKey = "user-1",
            ApproximateArrivalTimestamp = (arrival ?? Arrival).UtcDateTime,
        },
    };

    /// <summary>A KPL aggregate (https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md).</summary>
    public static KinesisEvent.KinesisEventRecord Aggregate(int number, params (string PartitionKey, string Json)[] users)
    {
        using var message = new MemoryStream();
        foreach (var (partitionKey, _) in users)
        {
            WriteField(message, 1, Encoding.UTF8.GetBytes(partitionKey));
        }

        for (var index = 0; index < users.Length; index++)
        {
            using var user = new MemoryStream();
            user.Write([0x08, (byte)index]);
            WriteField(user, 3, Encoding.UTF8.GetBytes(users[index].Json));
            WriteField(message, 3, user.ToArray());
        }

        return Record(number, [0xF3, 0x89, 0x9A, 0xC2, .. message.ToArray(), .. MD5.HashData(message.ToArray())]);

        static void WriteField(MemoryStream to, int field, byte[] bytes)
        {
            to.WriteByte((byte)((field << 3) | 2));
            for (var length = bytes.Length; ; length >>= 7)
            {
                to.WriteByte((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
                if (length <= 0x7F)
                {
                    break;
                }
            }

            to.Write(bytes);
        }
    }

    /// <summary>An aggregate divided by Lambda for a consumer with enhanced fan-out: its user records with one sequence number.</summary>
    public static KinesisEvent.KinesisEventRecord[] TakenApart(int number, params (string PartitionKey, string Json)[] users) =>
        [.. users.Select(user =>
        {
            var record = Record(number, user.Json);
            record.EventSourceARN = StreamArn + "/consumer/reader:1700000000";
            record.Kinesis.PartitionKey = user.PartitionKey;
            return record;
        })];

    public static KinesisEvent Batch(params KinesisEvent.KinesisEventRecord[] records) => new() { Records = [.. records] };

    public static EventReader Reader => new(EventLimits.Default);

    /// <summary>Folds records like the batch processor.</summary>
    public static TFold Folded<TFold>(TFold fold, params IEnumerable<KinesisEvent.KinesisEventRecord> records)
        where TFold : IBatchFold
    {
        var occurrences = new OccurrenceCounter();
        string? sequenceNumber = null;
        foreach (var record in records)
        {
            var streamRecord = new StreamRecord(record, Shard);
            if (sequenceNumber != record.Kinesis.SequenceNumber)
            {
                sequenceNumber = record.Kinesis.SequenceNumber;
                occurrences.Clear();
            }

            foreach (ref readonly var user in Reader.Read(streamRecord.Data))
            {
                fold.Add(streamRecord with { Occurrence = occurrences.Next(RecordFingerprint.Compute(streamRecord, user)) }, user);
            }
        }

        return fold;
    }

    /// <summary>An invocation with the given remaining time.</summary>
    public static ILambdaContext Context(TimeSpan? remaining = null, string requestId = "request-1") =>
        new FakeContext(remaining ?? TimeSpan.FromSeconds(30), requestId);

    /// <summary>The identifiers in a response.</summary>
    public static IEnumerable<string> Reported(StreamsEventResponse response) => response.BatchItemFailures.Select(failure => failure.ItemIdentifier);

    private sealed class FakeContext(TimeSpan remaining, string requestId) : ILambdaContext
    {
        public string AwsRequestId => requestId;

        public IClientContext ClientContext => throw new NotSupportedException();

        public string FunctionName => "function";

        public string FunctionVersion => "$LATEST";

        public ICognitoIdentity Identity => throw new NotSupportedException();

        public string InvokedFunctionArn => "arn:aws:lambda:eu-west-1:123456789012:function:function";

        public ILambdaLogger Logger => throw new NotSupportedException();

        public string LogGroupName => "group";

        public string LogStreamName => "stream";

        public int MemoryLimitInMB => 128;

        public TimeSpan RemainingTime => remaining;

        public string TraceId => "";
    }
}
