using System.CommandLine;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Completion;

/// <summary><c>analytics completion</c>: prints a completion script, which asks the command for suggestions.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _analytics() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(analytics "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null | grep -v '^[-/][?h]$')" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _analytics analytics
        """;

    private const string Zsh = """
        #compdef analytics
        _analytics() {
            local -a suggestions
            suggestions=("${(@f)$(analytics "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null | grep -v '^[-/][?h]$')}")
            compadd -a suggestions || _files
        }
        compdef _analytics analytics
        """;

    public static Command Create(CommandContext context)
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new Verb(
            "completion",
            "Print a shell completion script. Activate it with: source <(analytics completion bash)",
            "analytics completion bash",
            "analytics completion zsh")
        {
            shell,
        };
        command.SetAction(parsed => context.Terminal.Out.WriteLine(parsed.GetValue(shell) == "zsh" ? Zsh : Bash));
        return command;
    }
}
