using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Analytics.Dashboard.Tests.Browser;

/// <summary>The live page in a browser, with everything that it must not do.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private const float Patience = 90_000;
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();

    private WatchedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Lines in the console that are errors or warnings, exceptions, dialogs, and requests to other hosts.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>Opens it.</summary>
    public static async Task<WatchedPage> OpenAsync(
        IBrowser browser, Uri address, int width = 1_440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        var watched = new WatchedPage(context, await context.NewPageAsync());
        watched.Watch(address);
        await watched.Page.GotoAsync(address.AbsoluteUri);
        return watched;
    }

    /// <summary>Waits until an expression in the page is true. Polled from the test, because the page's policy forbids evaluation in the page.</summary>
    public async Task UntilAsync(string expression)
    {
        var limit = DateTime.UtcNow + TimeSpan.FromMilliseconds(Patience);
        while (!await Page.EvaluateAsync<bool>(expression))
        {
            Assert.True(DateTime.UtcNow < limit, $"It did not come about in time: {expression}. The page's faults: {string.Join(" | ", Faults)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Waits until a counter's headline is a number.</summary>
    public Task UntilCounterIsAsync(string counter, decimal value) =>
        UntilAsync(FormattableString.Invariant($"document.querySelector('[data-counter={counter}]')?.dataset.value === '{value}'"));

    /// <summary>A counter's headline.</summary>
    public async Task<decimal> CounterAsync(string counter)
    {
        await UntilAsync($"document.querySelector('[data-counter={counter}]')?.dataset.value !== undefined");
        var value = await Page.Locator($"[data-counter={counter}]").GetAttributeAsync("data-value");
        return value is { Length: > 0 } ? decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Watch(Uri address)
    {
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _faults.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        Page.PageError += (_, error) => _faults.Enqueue($"exception: {error}");
        Page.Dialog += (_, dialog) =>
        {
            _faults.Enqueue($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        _context.Request += (_, request) =>
        {
            if (new Uri(request.Url).Authority != address.Authority)
            {
                _faults.Enqueue($"request to another host: {request.Url}");
            }
        };
    }
}
