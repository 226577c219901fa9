using System.Text;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisEvents;

/// <summary>
/// A batch of records from one shard, as Lambda's event source mapping delivers it.
/// Read from JSON, its records refer to slices of a few large buffers, and create strings and streams on demand.
/// </summary>
[JsonConverter(typeof(Converters.KinesisEventConverter))]
public class KinesisEvent
{
    /// <summary>The records, in the order of the shard; null when the event has no such member.</summary>
    public IList<KinesisEventRecord> Records { get; set; } = null!;

    /// <summary>One record of a batch.</summary>
    public class KinesisEventRecord
    {
        private CommonRecordValues _common = CommonRecordValues.Unknown;
        private string? _eventId;
        private Record? _kinesis;

        /// <summary>Creates an empty record.</summary>
        public KinesisEventRecord()
        {
        }

        internal KinesisEventRecord(CommonRecordValues common, string? eventId, Record? kinesis)
        {
            _common = common;
            _eventId = eventId;
            _kinesis = kinesis;
        }

        /// <summary>The stream's region.</summary>
        public string AwsRegion
        {
            get => _common.AwsRegion!;
            set => _common = _common with { AwsRegion = value };
        }

        /// <summary><c>shardId:sequenceNumber</c>.</summary>
        public string EventId
        {
            get => _eventId ??= _common.EventIdPrefix is { } prefix && _kinesis is { } kinesis ? prefix + kinesis.DeliveredSequenceNumber : null!;
            set
            {
                _eventId = value;
                _common = _common with { EventIdPrefix = null };
            }
        }

        /// <summary><c>aws:kinesis:record</c>.</summary>
        public string EventName
        {
            get => _common.EventName!;
            set => _common = _common with { EventName = value };
        }

        /// <summary><c>aws:kinesis</c>.</summary>
        public string EventSource
        {
            get => _common.EventSource!;
            set => _common = _common with { EventSource = value };
        }

        /// <summary>The stream's ARN.</summary>
        public string EventSourceARN
        {
            get => _common.EventSourceARN!;
            set => _common = _common with { EventSourceARN = value };
        }

        /// <summary>The version of this shape, <c>1.0</c>.</summary>
        public string EventVersion
        {
            get => _common.EventVersion!;
            set => _common = _common with { EventVersion = value };
        }

        /// <summary>The role that the function is invoked with.</summary>
        public string InvokeIdentityArn
        {
            get => _common.InvokeIdentityArn!;
            set => _common = _common with { InvokeIdentityArn = value };
        }

        /// <summary>The record itself.</summary>
        public Record Kinesis
        {
            get => _kinesis!;
            set
            {
                _eventId = EventId;
                _kinesis = value;
            }
        }
    }

    /// <summary>A Kinesis record in a batch.</summary>
    public class Record : Amazon.Kinesis.Model.Record
    {
        private readonly RecordSlices _slices;
        private SetMembers _set;

        /// <summary>Creates an empty record.</summary>
        public Record()
        {
        }

        internal Record(in RecordSlices slices) => _slices = slices;

        /// <summary>The version of this shape, <c>1.0</c>.</summary>
        public string KinesisSchemaVersion { get; set; } = null!;

        /// <summary>
        /// The record's bytes. Read from JSON, the stream cannot be written and shares its buffer with other records:
        /// <see cref="MemoryStream.TryGetBuffer"/> returns the bytes without a copy.
        /// </summary>
        public override MemoryStream Data
        {
            get => base.Data ?? (Lazy(_slices.Data, SetMembers.Data) is { } bytes
                ? base.Data = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false, publiclyVisible: true)
                : null!);
            set
            {
                _set |= SetMembers.Data;
                base.Data = value;
            }
        }

        /// <inheritdoc/>
        public override string PartitionKey
        {
            get => base.PartitionKey ?? (Lazy(_slices.PartitionKey, SetMembers.PartitionKey) is { } bytes
                ? base.PartitionKey = Encoding.UTF8.GetString(bytes)
                : null!);
            set
            {
                _set |= SetMembers.PartitionKey;
                base.PartitionKey = value;
            }
        }

        /// <inheritdoc/>
        public override string SequenceNumber
        {
            get => base.SequenceNumber ?? (Lazy(_slices.SequenceNumber, SetMembers.SequenceNumber) is { } bytes
                ? base.SequenceNumber = Encoding.UTF8.GetString(bytes)
                : null!);
            set
            {
                _set |= SetMembers.SequenceNumber;
                base.SequenceNumber = value;
            }
        }

        /// <summary>The record's original sequence number, even if another one was set.</summary>
        internal string? DeliveredSequenceNumber =>
            (_set & SetMembers.SequenceNumber) == 0 ? SequenceNumber
            : _slices.Resolve(_slices.SequenceNumber) is { } bytes ? Encoding.UTF8.GetString(bytes)
            : null;

        private ArraySegment<byte>? Lazy(Slice slice, SetMembers member) => (_set & member) == 0 ? _slices.Resolve(slice) : null;

        [Flags]
        private enum SetMembers : byte
        {
            Data = 1,
            PartitionKey = 2,
            SequenceNumber = 4,
        }
    }
}
