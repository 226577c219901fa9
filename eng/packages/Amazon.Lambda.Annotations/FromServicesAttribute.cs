namespace Amazon.Lambda.Annotations;

/// <summary>Takes a handler's parameter from the services that the startup class registered, in a scope of the invocation.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromServicesAttribute : Attribute;
