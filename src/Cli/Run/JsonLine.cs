using System.Text.Json;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Run;

/// <summary>JSON on one line.</summary>
internal static class JsonLine
{
    /// <summary>The value without the white space between its tokens.</summary>
    public static string Of(JsonElement element) =>
        JsonText.Write(JsonText.Line, json => element.WriteTo(json));
}
