namespace Analytics.Events.Json;

/// <summary>What a JSON value is. Three bits of a <see cref="JsonSlice"/>.</summary>
internal enum JsonKind
{
    /// <summary>There is no value.</summary>
    None,
    Null,
    False,
    True,
    Number,
    String,
    Object,
    Array,
}
