using System.Text.Json;
using Analytics.Archiving;
using Analytics.Cli.Shared.Archive;
using Analytics.Cli.Shared.Commands;
using Analytics.Local.Processes;

namespace Analytics.Cli.Shared.Sql;

/// <summary>Runs DuckDB on archive files, in a separate process (node/query/query.js).</summary>
internal sealed class DuckDb
{
    private const string FolderName = "node/query";
    private const string Script = "query.js";
    private readonly string _folder;

    private DuckDb(string folder) => _folder = folder;

    /// <summary>The folder with the saved queries and views.</summary>
    public string Questions => Path.GetFullPath("../../src/Archiving/Sql", _folder);

    private string Views => Path.Combine(Questions, "views");

    /// <summary>Finds the script, and installs DuckDB on first use.</summary>
    /// <exception cref="UserException">The script is missing.</exception>
    /// <exception cref="Local.LocalDeploymentException">npm is missing or fails.</exception>
    public static async Task<DuckDb> PrepareAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var folder = NodePackages.FindFolder(FolderName, Script, context.Folder)
            ?? throw new UserException($"there is no folder {FolderName} with the DuckDB script in the current folder, above it, or above this program. Run the command in a checkout of the project.");
        await NodePackages.EnsureInstalledAsync(folder, "DuckDB", context.Terminal.Note, cancellationToken);
        return new DuckDb(folder);
    }

    /// <summary>Runs a query, and passes the columns and then each row to an output.</summary>
    /// <exception cref="UserException">DuckDB rejects the query.</exception>
    public async Task AskAsync(ArchiveFiles files, ArchiveSpan span, string temporary, string sql, IQueryOutput output, CancellationToken cancellationToken)
    {
        var request = Request(files, temporary) with { From = span.From, To = span.To, Sql = sql };
        await RunAsync(
            request,
            async answer =>
            {
                if (await answer.ReadLineAsync(cancellationToken) is not { } columns)
                {
                    return;
                }

                output.Begin(JsonSerializer.Deserialize(columns, QueryJson.Default.QueryColumnArray)!);
                while (await answer.ReadLineAsync(cancellationToken) is { } row)
                {
                    using var cells = JsonDocument.Parse(row);
                    output.Row(cells.RootElement);
                }
            },
            cancellationToken);
        output.End();
    }

    /// <summary>Writes each event of an hour once to a Parquet file, and reads it back.</summary>
    /// <exception cref="UserException">DuckDB fails.</exception>
    public async Task<ParquetSums> CompactAsync(ArchiveFiles files, string temporary, int hour, string target, CancellationToken cancellationToken)
    {
        ParquetSums? sums = null;
        await RunAsync(
            Request(files, temporary) with { Target = target, Hour = hour },
            async answer => sums = await answer.ReadLineAsync(cancellationToken) is { } line ? JsonSerializer.Deserialize(line, QueryJson.Default.ParquetSums) : null,
            cancellationToken);
        return sums!;
    }

    private QueryRequest Request(ArchiveFiles files, string temporary) => new()
    {
        Folder = files.Folder,
        Temporary = temporary,
        Views = Views,
        Events = files.GetKeys(ArchiveKind.Events),
        Quarantine = files.GetKeys(ArchiveKind.Quarantine),
        Compacted = files.GetKeys(ArchiveKind.Compacted),
    };

    private async Task RunAsync(QueryRequest request, Func<StreamReader, Task> read, CancellationToken cancellationToken)
    {
        var failure = await NodeScript.RunAsync(
            Path.Combine(_folder, Script), JsonSerializer.Serialize(request, QueryJson.Default.QueryRequest), read, cancellationToken);
        if (failure is not null)
        {
            throw new UserException($"DuckDB: {failure}");
        }
    }
}
