using System.CommandLine.Parsing;
using System.Globalization;

namespace Analytics.Cli.Shared.Commands;

/// <summary>What several options ask of their values.</summary>
internal static class OptionRules
{
    /// <summary>Refuses a number that is too small; what is no number at all, the parser says.</summary>
    public static void AtLeast(OptionResult result, long least)
    {
        if (result.Tokens is [var token] && long.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && value < least)
        {
            result.AddError($"{result.Option.Name} must be at least {least}.");
        }
    }
}
