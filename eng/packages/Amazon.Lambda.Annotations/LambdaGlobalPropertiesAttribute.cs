namespace Amazon.Lambda.Annotations;

/// <summary>Settings of all functions of an assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class LambdaGlobalPropertiesAttribute : Attribute
{
    /// <summary>Whether the source generator writes <c>Main</c>, which runs the handler named by <c>ANNOTATIONS_HANDLER</c>.</summary>
    public bool GenerateMain { get; set; }

    /// <summary>The Lambda runtime, for example <c>provided.al2023</c>. Ignored: the template sets it.</summary>
    public string Runtime { get; set; } = "";
}
