using System.Text.Json;
using Analytics.EndToEnd.Tests;
using Microsoft.Playwright;

namespace Analytics.Dashboard.Tests.Browser;

/// <summary>A running <c>analytics up</c>, and a browser.</summary>
public sealed class LivePipeline : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private IPlaywright _playwright = null!;
    private AnalyticsCommand _up = null!;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The page's address, with its token.</summary>
    public Uri Address { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _up = AnalyticsCommand.Start(_folder.Path, ["up", "--template", PipelineTemplate.Shipped], readyLine: "Stop with Ctrl-C.");
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.StartAsync(_playwright);
        await _up.ReadyAsync();
        using var state = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder.Combine(".analytics/local.json")));
        Address = new Uri(state.RootElement.GetProperty("endpoints").GetProperty("dashboard").GetString()!);
    }

    /// <summary>Sends lines to the stream, one record each.</summary>
    public async Task ProduceAsync(IEnumerable<string> lines)
    {
        var file = _folder.File("events.ndjson", string.Concat(lines.Select(line => line + "\n")));
        var result = await AnalyticsCommand.RunAsync(_folder.Path, ["produce", "--from", file]);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        await _up.InterruptAsync();
        var ended = await _up.WaitAsync();
        _up.Dispose();
        _folder.Dispose();
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }
}
