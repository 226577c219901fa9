using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>What became of the records.</summary>
public class PutRecordsResponse : AmazonWebServiceResponse
{
    /// <summary>How many were not written.</summary>
    public int? FailedRecordCount { get; set; }

    /// <summary>One for each record, in their order.</summary>
    public List<PutRecordsResultEntry> Records { get; set; } = null!;

    /// <summary>How they were encrypted.</summary>
    public EncryptionType? EncryptionType { get; set; }
}
