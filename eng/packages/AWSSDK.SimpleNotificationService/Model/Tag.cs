namespace Amazon.SimpleNotificationService.Model;

/// <summary>A resource's tag.</summary>
public class Tag
{
    /// <summary>Its name.</summary>
    public string Key { get; set; } = null!;

    /// <summary>Its value.</summary>
    public string Value { get; set; } = null!;
}
