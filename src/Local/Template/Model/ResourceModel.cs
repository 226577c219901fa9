namespace Analytics.Local.Template.Model;

/// <summary>A resource that is created here, with its values.</summary>
/// <param name="LogicalId">Its key in the template.</param>
internal abstract record ResourceModel(string LogicalId);
