namespace Analytics.Local.Mapping;

/// <summary>Decides for each batch that a mapping delivers whether its records are delivered more than once.</summary>
public interface IDeliveryFaults
{
    /// <summary>Decides how the next batch is delivered. Must be thread-safe.</summary>
    /// <param name="function">The function's logical ID.</param>
    DeliveryFault DecideDelivery(string function);
}

/// <summary>The delivery of a batch.</summary>
public enum DeliveryFault
{
    /// <summary>Once.</summary>
    None,

    /// <summary>Twice; the first response is lost.</summary>
    Duplicate,

    /// <summary>First the end of the previous batch with the start of this one, then this one; the first response is lost.</summary>
    Regroup,
}
