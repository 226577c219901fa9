using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Analytics.Local.Processes;

namespace Analytics.Cli.Doctor;

/// <summary>This machine.</summary>
/// <param name="workFolder">The folder that the local run writes to.</param>
/// <param name="templateFile">The template, in the root folder of the checkout.</param>
internal sealed class Machine(string workFolder, string templateFile) : IMachine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public long FreeBytes => new DriveInfo(ExistingFolder(workFolder)).AvailableFreeSpace;

    /// <inheritdoc/>
    public bool CanListen
    {
        get
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public string? Credentials =>
        Variable("AWS_ACCESS_KEY_ID") is not null ? "AWS_ACCESS_KEY_ID"
        : Variable("AWS_PROFILE") is { } profile ? $"the profile {profile}"
        : Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is not null ? "AWS_WEB_IDENTITY_TOKEN_FILE"
        : Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is not null || Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is not null ? "the container's role"
        : File.Exists(AwsFile("AWS_SHARED_CREDENTIALS_FILE", "credentials")) ? "the default profile of ~/.aws/credentials"
        : null;

    /// <inheritdoc/>
    public string? Region => Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? RegionInConfiguration();

    /// <inheritdoc/>
    public bool HasNodePackages(string folder) =>
        NodePackages.FindFolder(folder, "package.json", Path.GetDirectoryName(templateFile)!) is { } found
        && File.Exists(Path.Combine(found, "node_modules", ".package-lock.json"));

    /// <inheritdoc/>
    public async Task<string?> RunAsync(string program, string[] arguments, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            try
            {
                await process.WaitForExitAsync(limit.Token);
                await errors;
                return process.ExitCode == 0 ? await output : null;
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string AwsFile(string variable, string name) =>
        Variable(variable) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws", name);

    private static string? RegionInConfiguration()
    {
        var file = AwsFile("AWS_CONFIG_FILE", "config");
        if (!File.Exists(file))
        {
            return null;
        }

        var wanted = Variable("AWS_PROFILE") is { } profile && profile != "default" ? $"[profile {profile}]" : "[default]";
        return File.ReadLines(file).Select(line => line.Trim())
            .SkipWhile(line => line != wanted).Skip(1).TakeWhile(line => !line.StartsWith('['))
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(setting => setting is ["region", _])?[1];
    }

    private static string ExistingFolder(string folder)
    {
        var existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        return existing;
    }
}
