namespace Analytics.Local.Mapping;

/// <summary>Decides for each batch that a mapping delivers whether its records are delivered more often.</summary>
public interface IDeliveryFaults
{
    /// <summary>How the batch is delivered; called from several threads.</summary>
    /// <param name="function">The function's logical id.</param>
    DeliveryFault DecideDelivery(string function);
}

/// <summary>How a batch is delivered.</summary>
public enum DeliveryFault
{
    /// <summary>Once.</summary>
    None,

    /// <summary>Twice; the first answer is lost.</summary>
    Duplicate,

    /// <summary>First the end of the batch before with the beginning of this one, then this one; the first answer is lost.</summary>
    Regroup,
}
