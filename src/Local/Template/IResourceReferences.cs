namespace Analytics.Local.Template;

/// <summary>The values of <c>Ref</c> and <c>Fn::GetAtt</c> for resources.</summary>
internal interface IResourceReferences
{
    /// <summary>Returns the physical ID, or null if there is no resource with the logical ID.</summary>
    string? Ref(string logicalId);

    /// <summary>Returns an attribute, or null if the resource has no such attribute.</summary>
    string? GetAttribute(string logicalId, string attribute);
}
