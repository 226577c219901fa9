using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Lambda.KinesisEvents;
using Analytics.Events;
using Analytics.Events.Definitions;
using Analytics.Streaming;

namespace Analytics.Counting.Tests;

/// <summary>Makes what tests need.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public const string Shard = "shardId-000000000000";

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static Definitions Definitions(params string[] counters) =>
        Analytics.Events.Definitions.Definitions.Parse(Utf8($$"""{"counters":[{{string.Join(',', counters)}}],"alerts":[]}"""));

    public static CounterPlan Plan(params string[] counters) => new(Definitions(counters), new EventReader(EventLimits.Default), EventTimeBounds.Default);

    /// <summary>A sequence number as Kinesis gives them: 56 digits.</summary>
    public static string SequenceNumber(int number) => "49" + number.ToString("D54", CultureInfo.InvariantCulture);

    public static StreamRecord Record(string shardId, int number, string json, DateTimeOffset? arrival = null) =>
        Record(shardId, number, Utf8(json), arrival);

    public static StreamRecord Record(string shardId, int number, byte[] data, DateTimeOffset? arrival = null) => new(
        new KinesisEvent.KinesisEventRecord
        {
            EventId = $"{shardId}:{SequenceNumber(number)}",
            Kinesis = new KinesisEvent.Record
            {
                SequenceNumber = SequenceNumber(number),
                PartitionKey = "p",
                Data = new MemoryStream(data, 0, data.Length, writable: false, publiclyVisible: true),
                ApproximateArrivalTimestamp = (arrival ?? Noon).UtcDateTime,
            },
        },
        shardId);

    public static CounterFold Fold(CounterPlan plan, params StreamRecord[] records)
    {
        var fold = new CounterFold(plan, new BatchInfo("arn:aws:kinesis:eu-central-1:1:stream/s", records[0].ShardId, Noon));
        foreach (var record in records)
        {
            foreach (ref readonly var user in plan.Reader.Read(record.Data))
            {
                fold.Add(record, user);
            }
        }

        return fold;
    }

    /// <summary>A record's data in which the KPL aggregated several (https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md).</summary>
    public static byte[] Aggregate(params string[] events)
    {
        using var message = new MemoryStream();
        WriteField(message, 1, Utf8("p"));
        foreach (var json in events)
        {
            using var user = new MemoryStream();
            user.Write([0x08, 0]);
            WriteField(user, 3, Utf8(json));
            WriteField(message, 3, user.ToArray());
        }

        return [0xF3, 0x89, 0x9A, 0xC2, .. message.ToArray(), .. MD5.HashData(message.ToArray())];

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

    /// <summary>The batch of events, numbered from a number on.</summary>
    public static CounterFold Fold(CounterPlan plan, int first, params string[] events) =>
        Fold(plan, [.. events.Select((json, index) => Record(Shard, first + index, json))]);
}
