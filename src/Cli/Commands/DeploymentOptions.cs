using System.CommandLine;
using System.Globalization;
using Analytics.Local;

namespace Analytics.Cli.Commands;

/// <summary>The options that say what is deployed on this machine, and how; the same for every command that does so.</summary>
internal sealed class DeploymentOptions
{
    private readonly Option<string?> _template = new("--template")
    {
        Description = "The template; template.yaml here, or in the nearest folder above, when not given.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _parameters = new("--parameter")
    {
        Description = "A value for one of the template's parameters; may be repeated.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _native = new("--native")
    {
        Description = "Run the native executables that are deployed, instead of the .NET build of the functions.",
    };

    private readonly Option<int?> _port = new("--port")
    {
        Description = "The port of Lambda's invocation interface on 127.0.0.1; any free one when not given.",
        HelpName = "PORT",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_template, _parameters, _native, _port])
        {
            command.Options.Add(option);
        }

        _parameters.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value).Where(text => text.IndexOf('=', StringComparison.Ordinal) <= 0))
            {
                result.AddError($"--parameter '{text}' is not of the form NAME=VALUE.");
            }
        });
        _port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && long.TryParse(token.Value, CultureInfo.InvariantCulture, out var port) && port is < 1 or > 65_535)
            {
                result.AddError("--port must be from 1 to 65535.");
            }
        });
    }

    /// <summary>The deployment that the options ask for.</summary>
    public LocalDeploymentOptions Read(ParseResult parsed, CommandContext context, string? dataFolder = null) => new()
    {
        TemplateFile = parsed.GetValue(_template) is { } template ? context.PathOf(template) : context.TemplateFile,
        Parameters = parsed.GetValue(_parameters)!
            .Select(text => text.Split('=', 2))
            .GroupBy(pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1], StringComparer.Ordinal),
        Native = parsed.GetValue(_native),
        LambdaPort = parsed.GetValue(_port),
        WorkFolder = context.WorkFolder,
        DataFolder = dataFolder,
        Log = context.Terminal.Note,
    };
}
