namespace Amazon.SQS.Model;

/// <summary>A message's attribute.</summary>
public class MessageAttributeValue
{
    /// <summary><c>String</c>, <c>Number</c> or <c>Binary</c>, optionally followed by a dot and a custom label.</summary>
    public string DataType { get; set; } = null!;

    /// <summary>The value, unless it is binary.</summary>
    public string? StringValue { get; set; }

    /// <summary>The value, if it is binary.</summary>
    public MemoryStream? BinaryValue { get; set; }
}
