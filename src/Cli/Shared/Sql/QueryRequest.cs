using System.Text.Json.Serialization;

namespace Analytics.Cli.Shared.Sql;

/// <summary>The input of node/query/query.js, which documents its members.</summary>
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

/// <summary>A column of a result.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsNumber">Whether it contains numbers.</param>
internal sealed record QueryColumn(string Name, bool IsNumber);

/// <summary>The sums of a Parquet file as read back.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Fingerprint">128-bit sum over the positions and bytes of all rows, in hexadecimal.</param>
internal sealed record ParquetSums(long Rows, string Fingerprint);

/// <summary>JSON serialization for the communication with node/query/query.js.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(QueryColumn[]))]
[JsonSerializable(typeof(ParquetSums))]
internal sealed partial class QueryJson : JsonSerializerContext;
