namespace Analytics.Local.Template.Model;

/// <summary>An S3 bucket.</summary>
/// <param name="LogicalId">The logical ID in the template.</param>
/// <param name="Name">The name.</param>
internal sealed record BucketModel(string LogicalId, string Name) : ResourceModel(LogicalId);
