using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Analytics.Cli;

/// <summary>Describes wrong arguments in one line, with a suggestion.</summary>
internal static partial class UsageErrors
{
    /// <summary>Describes the errors of a command line that could not be parsed.</summary>
    public static string Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            return DescribeUnknown(unknown, command);
        }

        if (command.Command is { Subcommands.Count: > 0, Action: null })
        {
            return $"specify a command: {Names(command.Command.Subcommands)}.";
        }

        var missing = command.Command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > (command.GetResult(argument)?.Tokens.Count ?? 0)).ToList();
        return missing.Count > 0
            ? $"{string.Join(" and ", missing.Select(argument => argument.Name))} {(missing.Count == 1 ? "is" : "are")} missing."
            : string.Join(" ", parsed.Errors.Select(Describe).Distinct());
    }

    /// <summary>Returns the most similar name, if one is similar enough.</summary>
    internal static string? Suggest(string given, IEnumerable<string> names) => names
        .Select(name => (Name: name, Distance: name.StartsWith(given, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(given.ToLowerInvariant(), name)))
        .Where(one => one.Distance <= Math.Max(1, one.Name.Length / 3))
        .OrderBy(one => one.Distance)
        .Select(one => one.Name)
        .FirstOrDefault();

    private static string DescribeUnknown(string unknown, CommandResult command)
    {
        var path = GetPath(command);
        if (unknown.StartsWith('-'))
        {
            return $"{path} has no option {unknown}.{Meant(Suggest(unknown, command.Command.Options.Select(option => option.Name)))}";
        }

        return command.Command.Subcommands.Count > 0
            ? $"{path} has no command '{unknown}'.{Meant(Suggest(unknown, command.Command.Subcommands.Select(one => one.Name))) ?? $" Its commands are {Names(command.Command.Subcommands)}."}"
            : $"{path} does not accept the argument '{unknown}'. Quote values that contain spaces.";
    }

    private static string? Meant(string? name) => name is null ? null : $" Did you mean {name}?";

    private static string Describe(ParseError error)
    {
        var (name, type) = error.SymbolResult switch
        {
            OptionResult option => (option.Option.Name, option.Option.ValueType),
            ArgumentResult { Parent: OptionResult option } => (option.Option.Name, option.Option.ValueType),
            ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType),
            _ => ("", typeof(string)),
        };
        return Conversion().Match(error.Message) is { Success: true } failed
            ? $"{name} '{failed.Groups["value"].Value}' is not {Describe(Nullable.GetUnderlyingType(type) ?? type)}."
            : Space().Replace(error.Message, " ");
    }

    private static string Describe(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()))}"
        : type == typeof(long) || type == typeof(int) ? "a whole number, or is too large"
        : type == typeof(ulong) ? "a non-negative whole number, or is too large"
        : "a valid value";

    private static string Names(IEnumerable<Command> commands) => string.Join(", ", commands.Select(command => command.Name));

    /// <summary>Returns a command with its parents, such as <c>analytics failures list</c>.</summary>
    internal static string GetPath(CommandResult command)
    {
        var names = new Stack<string>();
        for (var current = command; current is not null; current = current.Parent as CommandResult)
        {
            names.Push(current.Command is RootCommand ? "analytics" : current.Command.Name);
        }

        return string.Join(' ', names);
    }

    /// <summary>Returns the number of letters to insert, delete, replace or transpose (optimal string alignment distance).</summary>
    private static int Distance(string from, string to)
    {
        var distances = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }

                var replaced = distances[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                distances[i, j] = Math.Min(replaced, 1 + Math.Min(distances[i - 1, j], distances[i, j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
                }
            }
        }

        return distances[from.Length, to.Length];
    }

    // Matches the parser's message, which names a .NET type.
    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for (option|command) '.*' as expected type '", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Conversion();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
