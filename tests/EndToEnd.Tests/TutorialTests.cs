using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Analytics.EndToEnd.Tests;

/// <summary>The commands of docs/tutorial.md work: a fresh copy of the repository, and bash.</summary>
public sealed class TutorialTests : IDisposable
{
    private const string Definitions = "definitions.json";
    private const string ReadyLine = "^Stop with Ctrl-C";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(9);
    private static readonly string[] Sources = ["src", "eng", "node", "events"];
    private static readonly string[] NotCopied = ["bin", "obj", "node_modules"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ItsCommandsWorkInAFreshCopyOfTheRepository()
    {
        CopyRepository();
        var blocks = TutorialBlock.ReadAll();
        Assert.Equal(TutorialBlock.Checkout, blocks[0].Info);
        var edits = blocks.ToList().FindLastIndex(block => block.Info.StartsWith("json ", StringComparison.Ordinal)) + 1;
        Assert.True(edits > 0);

        var first = await RunAsync(blocks.Take(edits));
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Contains("Nothing was lost: 3 sent = 3 archived + 0 quarantined", first.Output, StringComparison.Ordinal);

        foreach (var block in blocks.Where(block => block.Info is TutorialBlock.Counters or TutorialBlock.Alerts))
        {
            AddDefinition(block);
        }

        // The PATH of the first part belongs to the second one too.
        var exports = blocks.Take(edits).SelectMany(block => block.Commands).Where(command => command.StartsWith("export ", StringComparison.Ordinal));
        var second = await RunAsync([new TutorialBlock(TutorialBlock.Shell, string.Join('\n', exports) + "\n"), .. blocks.Skip(edits)]);
        Assert.True(second.ExitCode == 0, second.ToString());
        Assert.Contains("Nothing was lost: 3 sent = 3 archived + 0 quarantined", second.Output, StringComparison.Ordinal);
        Assert.Contains("269.9", second.Output, StringComparison.Ordinal);
        Assert.Contains("damaged", second.Output, StringComparison.Ordinal);
        Assert.Contains("high_refund", second.Output, StringComparison.Ordinal);
        Assert.Contains("Sent 3 events", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommandThatDoesNotWorkFailsTheTest()
    {
        var result = await RunAsync([new TutorialBlock(TutorialBlock.Shell, "true\nno-such-command --flag\ntrue\n")]);
        Assert.NotEqual(0, result.ExitCode);
    }

    [Fact]
    public async Task ABackgroundCommandThatEndsBeforeItIsReadyFailsTheTest()
    {
        var result = await RunAsync([new TutorialBlock(TutorialBlock.Background, "echo not ready\n"), new TutorialBlock(TutorialBlock.Shell, "true\n")]);
        Assert.NotEqual(0, result.ExitCode);
    }

    /// <summary>Runs blocks in one shell, which stops at the first command that fails.</summary>
    private async Task<CommandResult> RunAsync(IEnumerable<TutorialBlock> blocks)
    {
        var script = new StringBuilder("set -euo pipefail\n");
        var hasBackground = false;
        foreach (var block in blocks)
        {
            if (block.Info == TutorialBlock.Shell)
            {
                script.Append(block.Text);
            }
            else if (block.Info == TutorialBlock.Background)
            {
                Assert.False(hasBackground);
                hasBackground = true;
                script.Append($"{Assert.Single(block.Commands)} >background.log 2>&1 &\nbackground=$!\n")
                    .Append($"until grep -q '{ReadyLine}' background.log; do kill -0 $background || {{ cat background.log >&2; exit 1; }}; sleep 0.2; done\n");
            }
        }

        if (hasBackground)
        {
            script.Append("kill -TERM $background\nwait $background || true\n");
        }

        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script.ToString()])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private void AddDefinition(TutorialBlock block)
    {
        var path = _folder.Combine(Definitions);
        var definitions = JsonNode.Parse(File.ReadAllText(path))!;
        definitions[block.Info.Split(' ')[1]]!.AsArray().Add(JsonNode.Parse(block.Text));
        File.WriteAllText(path, definitions.ToJsonString());
    }

    private void CopyRepository()
    {
        var folders = Sources.SelectMany(source => Directory.EnumerateFiles(Path.Combine(Repository.Root, source), "*", SearchOption.AllDirectories));
        foreach (var file in folders.Concat(Directory.EnumerateFiles(Repository.Root)))
        {
            var path = Path.GetRelativePath(Repository.Root, file);
            if (!path.Split(Path.DirectorySeparatorChar).Any(name => NotCopied.Contains(name)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_folder.Combine(path))!);
                File.Copy(file, _folder.Combine(path));
            }
        }

        // The npm packages of the checkout save the download.
        foreach (var folder in (string[])["node/emulators", "node/query", "node/charts", "src/Dashboard"])
        {
            if (Directory.Exists(Path.Combine(Repository.Root, folder, "node_modules")))
            {
                Directory.CreateSymbolicLink(_folder.Combine($"{folder}/node_modules"), Path.Combine(Repository.Root, folder, "node_modules"));
            }
        }
    }
}
