using System.Text.Json;

namespace Analytics.Cli.Shared.Sql;

/// <summary>Prints an answer.</summary>
internal interface IQueryOutput
{
    /// <summary>The columns, once.</summary>
    void Begin(IReadOnlyList<QueryColumn> columns);

    /// <summary>A row: an array of numbers, texts, truth values and nulls, as long as there are columns.</summary>
    void Row(JsonElement cells);

    /// <summary>After the last row.</summary>
    void End();
}
