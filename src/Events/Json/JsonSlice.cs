namespace Analytics.Events.Json;

/// <summary>
/// The position of a value in its JSON, in eight bytes: start, length, kind, whether it has escapes, and the rank of its name.
/// The quotes of a string are excluded.
/// </summary>
internal readonly record struct JsonSlice
{
    /// <summary>The maximum size of JSON that slices can address: 256 MiB.</summary>
    public const int MaxJsonBytes = (1 << PositionBits) - 1;

    private const int PositionBits = 28;
    private const int KindShift = 2 * PositionBits;
    private const int EscapedShift = KindShift + 3;
    private const int RankShift = EscapedShift + 1;

    private readonly ulong _bits;

    public JsonSlice(JsonKind kind, int start, int length, bool escaped = false) =>
        _bits = (uint)start | ((ulong)(uint)length << PositionBits) | ((ulong)kind << KindShift) | (escaped ? 1UL << EscapedShift : 0);

    private JsonSlice(ulong bits) => _bits = bits;

    public int Start => (int)(_bits & MaxJsonBytes);

    public int Length => (int)((_bits >> PositionBits) & MaxJsonBytes);

    public JsonKind Kind => (JsonKind)((_bits >> KindShift) & 7);

    public bool IsEscaped => (_bits & (1UL << EscapedShift)) != 0;

    public int Rank => (int)(_bits >> RankShift);

    /// <summary>Whether the value is a string, a number, true or false.</summary>
    public bool HasText => Kind is >= JsonKind.False and <= JsonKind.String;

    public JsonSlice WithRank(int rank) => new((_bits & ((1UL << RankShift) - 1)) | ((ulong)rank << RankShift));

    public ReadOnlySpan<byte> GetBytes(ReadOnlySpan<byte> json) => json.Slice(Start, Length);
}
