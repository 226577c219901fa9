using System.Collections.Concurrent;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Analytics.Streaming;

namespace Analytics.Replicator;

/// <summary>Puts records on the other stream in few large concurrent requests, and retries only failed entries.</summary>
internal sealed class ReplicaWriter(IAmazonKinesis kinesis, string streamName, TimeProvider clock, Random random)
{
    /// <summary>Maximum number of records per PutRecords call (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html).</summary>
    public const int MaxRecords = 500;

    /// <summary>Maximum bytes per PutRecords call, including partition keys.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Maximum number of attempts per request before its records are left for redelivery: within about three seconds, so that other keys' rounds continue.</summary>
    public const int MaxAttempts = 6;

    private const int MaxParallelCalls = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Puts the rounds one after the other. If a key's record could not be put, none of its later ones is, which preserves order; other
    /// keys continue.
    /// </summary>
    public async Task<CommitResult> WriteAsync(
        IReadOnlyList<IReadOnlyCollection<ReplicaRecord>> rounds, CancellationToken cancellationToken)
    {
        var stopped = new HashSet<string>(StringComparer.Ordinal);
        (SequenceNumber SequenceNumber, Exception Cause)? lowest = null;
        foreach (var round in rounds)
        {
            foreach (var (record, cause) in await PutAsync(round.Where(record => !stopped.Contains(record.PartitionKey)), cancellationToken).ConfigureAwait(false))
            {
                stopped.Add(record.PartitionKey);
                if (lowest is not { } known || record.First < known.SequenceNumber)
                {
                    lowest = (record.First, cause);
                }
            }
        }

        return lowest is { } failed ? CommitResult.FailedFrom(failed.SequenceNumber, failed.Cause) : CommitResult.Complete;
    }

    private async Task<IReadOnlyCollection<(ReplicaRecord Record, Exception Cause)>> PutAsync(
        IEnumerable<ReplicaRecord> records, CancellationToken cancellationToken)
    {
        var failures = new ConcurrentBag<(ReplicaRecord, Exception)>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelCalls };
        await Parallel.ForEachAsync(
            SplitIntoRequests(records),
            parallel,
            async (request, _) => await PutUntilDoneAsync(request, failures, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return failures;
    }

    private static IEnumerable<List<ReplicaRecord>> SplitIntoRequests(IEnumerable<ReplicaRecord> records)
    {
        var request = new List<ReplicaRecord>();
        var bytes = 0;
        foreach (var record in records)
        {
            if (request.Count == MaxRecords || (request.Count > 0 && bytes + record.Size > MaxBytes))
            {
                yield return request;
                request = [];
                bytes = 0;
            }

            request.Add(record);
            bytes += record.Size;
        }

        if (request.Count > 0)
        {
            yield return request;
        }
    }

    /// <summary>Retries with exponential backoff until nothing is left. Entries left after the last attempt, a failed call or cancellation have failed.</summary>
    private async Task PutUntilDoneAsync(
        List<ReplicaRecord> records, ConcurrentBag<(ReplicaRecord, Exception)> failures, CancellationToken cancellationToken)
    {
        var pending = records;
        try
        {
            for (var (attempt, pause) = (1, FirstPause); ; (attempt, pause) = (attempt + 1, pause * 2))
            {
                var response = await kinesis.PutRecordsAsync(CreateRequest(pending), cancellationToken).ConfigureAwait(false);
                var answers = response.Records;
                pending = [.. pending.Where((_, index) => answers[index].ErrorCode is { Length: > 0 })];
                if (pending.Count == 0)
                {
                    return;
                }

                if (attempt == MaxAttempts)
                {
                    Fail(new AmazonKinesisException("Entries of a request were rejected.")
                    {
                        ErrorCode = answers.First(answer => answer.ErrorCode is { Length: > 0 }).ErrorCode,
                    });
                    return;
                }

                await Task.Delay(pause * (0.5 + (random.NextDouble() / 2)), clock, cancellationToken).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // If one call fails, the others continue, and the records of this one are reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }

        void Fail(Exception cause) => pending.ForEach(record => failures.Add((record, cause)));
    }

    private PutRecordsRequest CreateRequest(List<ReplicaRecord> records) => new()
    {
        StreamName = streamName,
        Records = [.. records.Select(record => new PutRecordsRequestEntry { PartitionKey = record.PartitionKey, Data = record.ToData() })],
    };
}
