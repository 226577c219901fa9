using System.CommandLine;

namespace Analytics.Cli.Commands;

/// <summary>The options that say which template is meant, and with which parameters.</summary>
internal sealed class TemplateOptions
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

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_template);
        command.Options.Add(_parameters);
        _parameters.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value).Where(text => text.IndexOf('=', StringComparison.Ordinal) <= 0))
            {
                result.AddError($"--parameter '{text}' is not of the form NAME=VALUE.");
            }
        });
    }

    /// <summary>The template's path.</summary>
    public string File(ParseResult parsed, CommandContext context) =>
        parsed.GetValue(_template) is { } template ? context.PathOf(template) : context.TemplateFile;

    /// <summary>The parameters that were given; of one given twice the last value.</summary>
    public IReadOnlyDictionary<string, string> Parameters(ParseResult parsed) => parsed.GetValue(_parameters)!
        .Select(text => text.Split('=', 2))
        .GroupBy(pair => pair[0], StringComparer.Ordinal)
        .ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1], StringComparer.Ordinal);
}
