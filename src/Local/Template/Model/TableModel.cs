namespace Analytics.Local.Template.Model;

/// <summary>A DynamoDB table.</summary>
/// <param name="LogicalId">The logical ID in the template.</param>
/// <param name="Name">The name.</param>
/// <param name="Attributes">The type, S, N or B, of each attribute in a key.</param>
/// <param name="Key">The table's key.</param>
/// <param name="GlobalIndexes">Its global secondary indexes.</param>
/// <param name="LocalIndexes">Its local secondary indexes.</param>
/// <param name="TimeToLiveAttribute">The attribute with the expiry of an item.</param>
internal sealed record TableModel(
    string LogicalId,
    string Name,
    IReadOnlyList<KeyValuePair<string, string>> Attributes,
    IReadOnlyList<TableKeyPart> Key,
    IReadOnlyList<TableIndexModel> GlobalIndexes,
    IReadOnlyList<TableIndexModel> LocalIndexes,
    string? TimeToLiveAttribute) : ResourceModel(LogicalId);

/// <summary>A part of a key.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="KeyType">HASH or RANGE.</param>
internal readonly record struct TableKeyPart(string Attribute, string KeyType);

/// <summary>A secondary index.</summary>
/// <param name="Name">The name.</param>
/// <param name="Key">Its key.</param>
/// <param name="ProjectionType">ALL, KEYS_ONLY or INCLUDE.</param>
/// <param name="NonKeyAttributes">The attributes of an INCLUDE projection.</param>
internal sealed record TableIndexModel(
    string Name, IReadOnlyList<TableKeyPart> Key, string ProjectionType, IReadOnlyList<string> NonKeyAttributes);
