using System.Diagnostics.CodeAnalysis;
using Analytics.Events.Reading;

namespace Analytics.Events;

/// <summary>The user records of one Kinesis record.</summary>
public readonly ref struct UserRecords
{
    private readonly EventLimits _limits;
    private readonly ReadOnlyMemory<byte> _data;

    internal UserRecords(EventLimits limits, ReadOnlyMemory<byte> data)
    {
        _limits = limits;
        _data = data;
    }

    /// <summary>Starts the enumeration.</summary>
    public Enumerator GetEnumerator() => new(_limits, _data);

    /// <summary>Enumerates user records.</summary>
    public ref struct Enumerator
    {
        private readonly EventLimits _limits;
        private readonly ReadOnlyMemory<byte> _data;
        private KplAggregate? _aggregate;
        private int _decompressible;
        private int _next;
        private UserRecord _current;

        internal Enumerator(EventLimits limits, ReadOnlyMemory<byte> data)
        {
            _limits = limits;
            _data = data;
            _decompressible = limits.MaxDecompressedBytes;
        }

        /// <summary>The current user record; valid until the next <see cref="MoveNext"/>.</summary>
        [UnscopedRef]
        public readonly ref readonly UserRecord Current => ref _current;

        /// <summary>Reads the next user record. Returns false at the end.</summary>
        public bool MoveNext()
        {
            if (_next == 0)
            {
                _next = 1;
                ReadFirst();
                return true;
            }

            if (_aggregate is null || !_aggregate.TryNext(out var data, out var partitionKey, out var origin))
            {
                return false;
            }

            ReadUserRecord(_next++, partitionKey, data, origin);
            return true;
        }

        private void ReadFirst()
        {
            if (!TryDecompress(_data, out var content, out var reason))
            {
                _current.Refuse(0, null, _data, reason);
            }
            else if (!KplAggregate.IsAggregate(content.Span))
            {
                ReadContent(0, null, _data, content);
            }
            else if (KplAggregate.TryOpen(content, out _aggregate) && _aggregate.TryNext(out var data, out var partitionKey, out var origin))
            {
                ReadUserRecord(0, partitionKey, data, origin);
            }
            else
            {
                _current.Refuse(0, null, _data, MalformedReason.InvalidAggregate);
            }
        }

        private void ReadUserRecord(int subSequenceNumber, string partitionKey, ReadOnlyMemory<byte> data, RecordOrigin? origin)
        {
            _current.Origin = origin;
            if (!TryDecompress(data, out var content, out var reason))
            {
                _current.Refuse(subSequenceNumber, partitionKey, data, reason);
            }
            else if (KplAggregate.IsAggregate(content.Span))
            {
                _current.Refuse(subSequenceNumber, partitionKey, data, MalformedReason.NestedAggregate);
            }
            else
            {
                ReadContent(subSequenceNumber, partitionKey, data, content);
            }
        }

        private void ReadContent(int subSequenceNumber, string? partitionKey, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> content)
        {
            // No JSON starts like zlib.
            if (Gzip.IsZlib(content.Span))
            {
                _current.Refuse(subSequenceNumber, partitionKey, data, MalformedReason.UnsupportedCompression);
            }
            else
            {
                _current.Read(subSequenceNumber, partitionKey, data, content, _limits);
            }
        }

        /// <summary>Returns the content of gzip data, or the data itself. All parts of a Kinesis record share one size limit.</summary>
        private bool TryDecompress(ReadOnlyMemory<byte> data, out ReadOnlyMemory<byte> content, out MalformedReason reason)
        {
            content = data;
            reason = default;
            if (!Gzip.IsGzip(data.Span))
            {
                return true;
            }

            if (!Gzip.TryDecompress(data, _decompressible, out var decompressed, out reason))
            {
                return false;
            }

            _decompressible -= decompressed.Length;
            content = decompressed;
            return true;
        }
    }
}
