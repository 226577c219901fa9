namespace Amazon.Lambda.Annotations;

/// <summary>What holds for all functions of an assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class LambdaGlobalPropertiesAttribute : Attribute
{
    /// <summary>Whether the source generator writes <c>Main</c>, which runs the handler that <c>ANNOTATIONS_HANDLER</c> names.</summary>
    public bool GenerateMain { get; set; }

    /// <summary>The Lambda runtime, for example <c>provided.al2023</c>. Of no consequence here: the template says it.</summary>
    public string Runtime { get; set; } = "";
}
