namespace Analytics.Cli.Shared.Sources;

/// <summary>Detects the kind of device from a User-Agent header.</summary>
internal static class UserAgent
{
    // Programs state their name or, as crawlers are asked to, the address of a page about themselves.
    private static readonly string[] Bots =
    [
        "bot", "crawl", "spider", "slurp", "http://", "https://", "feed", "rss", "curl", "wget", "python", "java/", "libwww", "perl",
        "ruby", "go-http-client", "httpclient", "monitor", "check", "scan", "headless",
    ];

    private static readonly string[] Tablets = ["ipad", "tablet", "kindle", "silk", "playbook"];
    private static readonly string[] Mobiles = ["mobile", "iphone", "ipod", "android", "blackberry", "opera mini", "windows phone", "symbian"];

    /// <summary><c>bot</c>, <c>tablet</c>, <c>mobile</c> or <c>desktop</c>, or null without a User-Agent.</summary>
    public static string? DeviceType(string? agent)
    {
        if (agent is null)
        {
            return null;
        }

        if (HasAny(agent, Bots))
        {
            return "bot";
        }

        // Android tablets do not include "Mobile".
        if (HasAny(agent, Tablets) || (Has(agent, "android") && !Has(agent, "mobile")))
        {
            return "tablet";
        }

        return HasAny(agent, Mobiles) ? "mobile" : "desktop";
    }

    private static bool HasAny(string agent, string[] words) => Array.Exists(words, word => Has(agent, word));

    private static bool Has(string agent, string word) => agent.Contains(word, StringComparison.OrdinalIgnoreCase);
}
