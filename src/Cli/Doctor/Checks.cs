using System.Globalization;

namespace Analytics.Cli.Doctor;

/// <summary>The checks of <c>analytics doctor</c>.</summary>
/// <param name="machine">The machine.</param>
internal sealed class Checks(IMachine machine)
{
    private const int SdkMajor = 10;
    private const int NodeMajor = 20;
    private const double MinFreeGigabytes = 2;
    private const double Gigabyte = 1024 * 1024 * 1024;

    /// <summary>Runs the checks.</summary>
    public async Task<List<Finding>> RunAsync(CancellationToken cancellationToken) =>
    [
        await VersionAsync(".NET SDK", "dotnet", SdkMajor, FindingState.Missing, "Install the .NET 10 SDK: https://dotnet.microsoft.com/download", cancellationToken),
        await VersionAsync("Node.js", "node", NodeMajor, FindingState.Missing, "Install Node.js 20 or later: https://nodejs.org", cancellationToken),
        await VersionAsync("npm", "npm", 1, FindingState.Missing, "Install Node.js, which includes npm: https://nodejs.org", cancellationToken),
        await VersionAsync("make", "make", 1, FindingState.Optional, "Install GNU make, for `make run` and `sam build`: sudo apt-get install make", cancellationToken),
        Packages("Local services", "node/emulators"),
        Packages("Live page's charts", "src/Dashboard"),
        await ClangAsync(cancellationToken),
        await ZlibAsync(cancellationToken),
        Ports(),
        Disk(),
        Region(),
        Credentials(),
    ];

    /// <summary>Returns the first version number in a program's output, such as 20.11.1 in <c>v20.11.1</c>.</summary>
    internal static string? VersionIn(string text)
    {
        var start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return null;
        }

        var version = text.AsSpan(start);
        var end = version.IndexOfAnyExcept("0123456789.");
        return (end < 0 ? version : version[..end]).TrimEnd('.').ToString();
    }

    private async Task<Finding> VersionAsync(
        string name, string program, int minMajor, FindingState otherwise, string advice, CancellationToken cancellationToken)
    {
        var version = await machine.RunAsync(program, ["--version"], "", cancellationToken) is { } output ? VersionIn(output) : null;
        if (version is null)
        {
            return new Finding(name, otherwise, "not found", advice);
        }

        return int.Parse(version.Split('.')[0], CultureInfo.InvariantCulture) >= minMajor
            ? new Finding(name, FindingState.Good, version, "")
            : new Finding(name, otherwise, $"{version} (too old)", advice);
    }

    private async Task<Finding> ClangAsync(CancellationToken cancellationToken) =>
        await machine.RunAsync("clang", ["--version"], "", cancellationToken) is { } output
            ? new Finding("clang", FindingState.Good, VersionIn(output) ?? "found", "")
            : new Finding("clang", FindingState.Optional, "not found", "Install it for --native and `sam build`: sudo apt-get install clang");

    private async Task<Finding> ZlibAsync(CancellationToken cancellationToken) =>
        await machine.RunAsync("cc", ["-E", "-x", "c", "-"], "#include <zlib.h>\n", cancellationToken) is not null
            || await machine.RunAsync("clang", ["-E", "-x", "c", "-"], "#include <zlib.h>\n", cancellationToken) is not null
            ? new Finding("zlib headers", FindingState.Good, "found", "")
            : new Finding("zlib headers", FindingState.Optional, "not found", "Install them for --native and `sam build`: sudo apt-get install zlib1g-dev");

    private Finding Packages(string name, string folder) => machine.HasNodePackages(folder)
        ? new Finding(name, FindingState.Good, "installed", "")
        : new Finding(name, FindingState.Optional, "not installed", $"The first run installs them, or: npm ci --prefix {folder}");

    private Finding Ports() => machine.CanListen
        ? new Finding("Ports", FindingState.Good, "can listen on 127.0.0.1", "")
        : new Finding("Ports", FindingState.Missing, "cannot listen on 127.0.0.1", "Allow programs to listen on 127.0.0.1; a sandbox or firewall blocks it.");

    private Finding Disk()
    {
        var free = machine.FreeBytes / Gigabyte;
        var found = string.Create(CultureInfo.InvariantCulture, $"{free:F1} GB free");
        return free >= MinFreeGigabytes
            ? new Finding("Disk", FindingState.Good, found, "")
            : new Finding("Disk", FindingState.Missing, found, string.Create(CultureInfo.InvariantCulture, $"Free {MinFreeGigabytes} GB: builds and the local services write to .analytics."));
    }

    private Finding Region() => machine.Region is { } region
        ? new Finding("AWS region", FindingState.Good, region, "")
        : new Finding("AWS region", FindingState.Optional, "not set", "Needed for --stack only: set AWS_REGION, or region in ~/.aws/config.");

    private Finding Credentials() => machine.Credentials is { } source
        ? new Finding("AWS credentials", FindingState.Good, source, "")
        : new Finding("AWS credentials", FindingState.Optional, "none found", "Needed for --stack only: `aws configure sso`, or set AWS_PROFILE.");
}
