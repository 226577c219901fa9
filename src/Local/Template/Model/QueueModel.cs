namespace Analytics.Local.Template.Model;

/// <summary>An SQS queue.</summary>
/// <param name="LogicalId">The logical ID in the template.</param>
/// <param name="Name">Its name; that of a FIFO queue ends in <c>.fifo</c>.</param>
/// <param name="Attributes">The attributes for CreateQueue.</param>
internal sealed record QueueModel(string LogicalId, string Name, IReadOnlyDictionary<string, string> Attributes) : ResourceModel(LogicalId);
