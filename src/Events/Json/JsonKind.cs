namespace Analytics.Events.Json;

/// <summary>The kind of a JSON value, stored in three bits of a <see cref="JsonSlice"/>.</summary>
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
