namespace Analytics.Local.Template.Model;

/// <summary>A resource that is created here, with its values.</summary>
/// <param name="LogicalId">The logical ID in the template.</param>
internal abstract record ResourceModel(string LogicalId);
