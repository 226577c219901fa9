using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>How records are encrypted by the server.</summary>
/// <param name="value">The service's value.</param>
public class EncryptionType(string value) : ConstantClass(value)
{
    /// <summary>With a key of the key service.</summary>
    public static readonly EncryptionType KMS = new("KMS");

    /// <summary>Not at all.</summary>
    public static readonly EncryptionType NONE = new("NONE");

    /// <summary>The constant for a value of the service.</summary>
    public static implicit operator EncryptionType(string value) => new(value);
}
