using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The results of the records.</summary>
public class PutRecordsResponse : AmazonWebServiceResponse
{
    /// <summary>The number of records that were not written.</summary>
    public int? FailedRecordCount { get; set; }

    /// <summary>One per record, in order.</summary>
    public List<PutRecordsResultEntry> Records { get; set; } = null!;

    /// <summary>Their encryption.</summary>
    public EncryptionType? EncryptionType { get; set; }
}
