namespace Analytics.Cli.Doctor;

/// <summary>What the checks ask of the machine.</summary>
internal interface IMachine
{
    /// <summary>Runs a program, and gives its output; null when it is not there or fails.</summary>
    Task<string?> RunAsync(string program, string[] arguments, string input, CancellationToken cancellationToken);

    /// <summary>The free bytes of the disk that the local run writes to.</summary>
    long FreeBytes { get; }

    /// <summary>Whether a program can listen on 127.0.0.1.</summary>
    bool CanListen { get; }

    /// <summary>Whether a checkout's folder has its packages installed.</summary>
    bool HasNodePackages(string folder);

    /// <summary>Where AWS credentials come from; null when there are none.</summary>
    string? Credentials { get; }

    /// <summary>The AWS region; null when none is set.</summary>
    string? Region { get; }
}
