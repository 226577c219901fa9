using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Local.Deployment;

namespace Analytics.Cli.Shared.Deployment;

/// <summary>The options for a local deployment, shared by all commands that start one.</summary>
internal sealed class DeploymentOptions
{
    private readonly TemplateOptions _template = new();

    private readonly Option<bool> _native = new("--native")
    {
        Description = "Run the native executables that are deployed, instead of .NET builds of the functions.",
    };

    private readonly Option<int?> _port = new("--port")
    {
        Description = "Port of the Lambda endpoint on 127.0.0.1. Default: a free port.",
        HelpName = "PORT",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _template.AddTo(command);
        command.Options.Add(_native);
        command.Options.Add(_port);
        _port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && long.TryParse(token.Value, CultureInfo.InvariantCulture, out var port) && port is < 1 or > 65_535)
            {
                result.AddError("--port must be from 1 to 65535.");
            }
        });
    }

    /// <summary>Reads the options.</summary>
    public LocalDeploymentOptions Read(ParseResult parsed, CommandContext context, string? dataFolder = null) => new()
    {
        TemplateFile = _template.File(parsed, context),
        Parameters = _template.Parameters(parsed),
        Native = parsed.GetValue(_native),
        LambdaPort = parsed.GetValue(_port),
        WorkFolder = context.WorkFolder,
        DataFolder = dataFolder,
        Log = context.Terminal.Note,
    };
}
