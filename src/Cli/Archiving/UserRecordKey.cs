namespace Analytics.Cli.Archiving;

/// <summary>Where a user record stands; one that is delivered again has the same place.</summary>
internal readonly record struct UserRecordKey(string ShardId, string SequenceNumber, int SubSequenceNumber)
{
    public override string ToString() =>
        SubSequenceNumber == 0 ? $"{ShardId}:{SequenceNumber}" : $"{ShardId}:{SequenceNumber}:{SubSequenceNumber}";
}
