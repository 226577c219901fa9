namespace Amazon.Lambda.Annotations;

/// <summary>
/// Marks a method as a function's handler. The source generator writes the code that Lambda's runtime calls;
/// <c>ANNOTATIONS_HANDLER</c> names the method that an executable runs.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LambdaFunctionAttribute : Attribute;
