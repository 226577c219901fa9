namespace Analytics.Cli.Doctor;

/// <summary>The machine, as seen by the checks.</summary>
internal interface IMachine
{
    /// <summary>Runs a program and returns its output, or null if it is missing or fails.</summary>
    Task<string?> RunAsync(string program, string[] arguments, string input, CancellationToken cancellationToken);

    /// <summary>Free bytes on the disk that the local run writes to.</summary>
    long FreeBytes { get; }

    /// <summary>Whether a program can listen on 127.0.0.1.</summary>
    bool CanListen { get; }

    /// <summary>Returns whether the npm packages of a folder of the checkout are installed.</summary>
    bool HasNodePackages(string folder);

    /// <summary>The source of the AWS credentials, or null if there are none.</summary>
    string? Credentials { get; }

    /// <summary>The AWS region, or null if none is set.</summary>
    string? Region { get; }
}
