namespace Analytics.Cli.Shared.Commands;

/// <summary>The command's exit codes.</summary>
internal static class ExitCode
{
    /// <summary>Success.</summary>
    public const int Success = 0;

    /// <summary>Something failed or was lost.</summary>
    public const int Failure = 1;

    /// <summary>The arguments are wrong.</summary>
    public const int Usage = 2;

    /// <summary>Interrupted by the user: 128 + SIGINT, as shells expect.</summary>
    public const int Interrupted = 130;
}
