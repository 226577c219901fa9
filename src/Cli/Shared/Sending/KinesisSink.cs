using System.Runtime.InteropServices;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Sending;

/// <summary>Puts records on a Kinesis stream.</summary>
internal sealed class KinesisSink(IAmazonKinesis client, string streamName) : IRecordSink
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<PutOutcome>> PutAsync(IReadOnlyList<OutgoingRecord> records, CancellationToken cancellationToken)
    {
        var request = new PutRecordsRequest
        {
            StreamName = streamName,
            Records = [.. records.Select(record => new PutRecordsRequestEntry { PartitionKey = record.PartitionKey, Data = Stream(record.Data) })],
        };
        try
        {
            var response = await client.PutRecordsAsync(request, cancellationToken);
            return [.. response.Records.Select(entry => entry.SequenceNumber is { Length: > 0 } sequenceNumber
                ? new PutOutcome(entry.ShardId, sequenceNumber, null)
                : new PutOutcome(null, null, $"{entry.ErrorCode}: {entry.ErrorMessage}"))];
        }
        catch (ResourceNotFoundException e)
        {
            throw new UserException($"there is no stream {streamName}. Check the name, the region and the account.", e);
        }
        catch (AmazonKinesisException e) when (records.Count == 1 && e.ErrorCode is "ValidationException" or "InvalidArgumentException")
        {
            throw new RecordTooLargeException(e);
        }
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> data) => MemoryMarshal.TryGetArray(data, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false, publiclyVisible: true)
        : new MemoryStream(data.ToArray(), writable: false);
}
