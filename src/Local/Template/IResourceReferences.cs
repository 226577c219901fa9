namespace Analytics.Local.Template;

/// <summary>What <c>Ref</c> and <c>Fn::GetAtt</c> of a resource give.</summary>
internal interface IResourceReferences
{
    /// <summary>The physical id, or null when no resource has that logical id.</summary>
    string? Ref(string logicalId);

    /// <summary>An attribute, or null when the resource has none of that name.</summary>
    string? GetAttribute(string logicalId, string attribute);
}
