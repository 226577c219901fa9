using Microsoft.Playwright;

namespace Analytics.Dashboard.Tests.Browser;

/// <summary>Debian's Chromium.</summary>
internal static class Chromium
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>Starts it.</summary>
    public static async Task<IBrowser> StartAsync(IPlaywright playwright)
    {
        Assert.True(File.Exists(Program), $"{Program} is missing: run eng/browser-tools.sh, or `sudo apt-get install chromium`.");
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }
}
