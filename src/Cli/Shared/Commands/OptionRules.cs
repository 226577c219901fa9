using System.CommandLine.Parsing;
using System.Globalization;

namespace Analytics.Cli.Shared.Commands;

/// <summary>Validators shared by several options.</summary>
internal static class OptionRules
{
    /// <summary>Rejects a number that is too small. The parser rejects text that is not a number.</summary>
    public static void AtLeast(OptionResult result, long least)
    {
        if (result.Tokens is [var token] && long.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && value < least)
        {
            result.AddError($"{result.Option.Name} must be at least {least}.");
        }
    }
}
