using System.CommandLine;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Deployment;

/// <summary>The options that select the template and its parameters.</summary>
internal sealed class TemplateOptions
{
    private readonly Option<string?> _template = new("--template")
    {
        Description = "The template. Default: template.yaml in the current folder or the nearest one above.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _parameters = new("--parameter")
    {
        Description = "Value of a template parameter; repeatable.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_template);
        command.Options.Add(_parameters);
        _parameters.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value).Where(text => text.IndexOf('=', StringComparison.Ordinal) <= 0))
            {
                result.AddError($"--parameter '{text}' must have the form NAME=VALUE.");
            }
        });
    }

    /// <summary>Returns the template's path.</summary>
    /// <exception cref="UserException">There is no such file.</exception>
    public string File(ParseResult parsed, CommandContext context)
    {
        if (parsed.GetValue(_template) is { } template)
        {
            var path = context.GetFullPath(template);
            return System.IO.File.Exists(path) ? path : throw new UserException($"--template {template}: there is no file {path}.");
        }

        return System.IO.File.Exists(context.TemplateFile)
            ? context.TemplateFile
            : throw new UserException($"there is no template.yaml in {context.Folder} or in a folder above it. Specify one with --template, or run the command in a checkout of the project.");
    }

    /// <summary>Returns the given parameters. If one is repeated, the last value wins.</summary>
    public IReadOnlyDictionary<string, string> Parameters(ParseResult parsed) => parsed.GetValue(_parameters)!
        .Select(text => text.Split('=', 2))
        .GroupBy(pair => pair[0], StringComparer.Ordinal)
        .ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1], StringComparer.Ordinal);
}
