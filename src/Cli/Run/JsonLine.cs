using System.Text.Json;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Run;

/// <summary>Formats JSON on one line.</summary>
internal static class JsonLine
{
    /// <summary>Returns the value without white space between tokens.</summary>
    public static string Format(JsonElement element) =>
        JsonText.Write(JsonText.Line, json => element.WriteTo(json));
}
