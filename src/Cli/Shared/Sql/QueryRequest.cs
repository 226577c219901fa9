using System.Text.Json.Serialization;

namespace Analytics.Cli.Shared.Sql;

/// <summary>What query/query.js is told; it says what each means.</summary>
internal sealed record QueryRequest
{
    public required string Folder { get; init; }

    public required string Temporary { get; init; }

    public required string Views { get; init; }

    public required string[] Events { get; init; }

    public required string[] Quarantine { get; init; }

    public required string[] Compacted { get; init; }

    public DateTime? From { get; init; }

    public DateTime? To { get; init; }

    public string? Sql { get; init; }

    public string? Target { get; init; }

    public int? Hour { get; init; }
}

/// <summary>A column of an answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNumber">Whether it holds numbers.</param>
internal sealed record QueryColumn(string Name, bool IsNumber);

/// <summary>What can be read back from a Parquet file.</summary>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Fingerprint">128 bits over all rows' places and bytes, in hexadecimal.</param>
internal sealed record ParquetSums(long Rows, string Fingerprint);

/// <summary>The JSON between this program and query/query.js.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(QueryColumn[]))]
[JsonSerializable(typeof(ParquetSums))]
internal sealed partial class QueryJson : JsonSerializerContext;
