namespace Amazon.SimpleNotificationService.Model;

/// <summary>A message attribute, which subscription filters can use.</summary>
public class MessageAttributeValue
{
    /// <summary><c>String</c>, <c>String.Array</c>, <c>Number</c> or <c>Binary</c>.</summary>
    public string DataType { get; set; } = null!;

    /// <summary>The value, unless it is binary.</summary>
    public string? StringValue { get; set; }

    /// <summary>The value, if it is binary.</summary>
    public MemoryStream? BinaryValue { get; set; }
}
