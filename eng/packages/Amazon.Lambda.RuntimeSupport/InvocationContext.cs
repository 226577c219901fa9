using System.Globalization;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An invocation, from its headers and the environment. Rarely used values are parsed on demand.</summary>
internal sealed class InvocationContext(Invocation invocation, RuntimeEnvironment environment, TimeProvider clock) : ILambdaContext
{
    private IClientContext? _clientContext;
    private ICognitoIdentity? _identity;

    public string AwsRequestId => invocation.RequestId;

    public IClientContext ClientContext => _clientContext ??= ReadClientContext(invocation.ClientContext);

    public string FunctionName => environment.FunctionName;

    public string FunctionVersion => environment.FunctionVersion;

    public ICognitoIdentity Identity => _identity ??= ReadIdentity(invocation.CognitoIdentity);

    public string InvokedFunctionArn => invocation.InvokedFunctionArn;

    public ILambdaLogger Logger => ConsoleLogger.Instance;

    public string LogGroupName => environment.LogGroupName;

    public string LogStreamName => environment.LogStreamName;

    public int MemoryLimitInMB => environment.MemorySize;

    /// <summary>Never negative; without a deadline, no limit.</summary>
    public TimeSpan RemainingTime
    {
        get
        {
            if (!long.TryParse(invocation.DeadlineMilliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var deadline))
            {
                return TimeSpan.MaxValue;
            }

            var remaining = deadline - clock.GetUtcNow().ToUnixTimeMilliseconds();
            return remaining > 0 ? TimeSpan.FromMilliseconds(remaining) : TimeSpan.Zero;
        }
    }

    public string TraceId => invocation.TraceId ?? "";

    private static Client ReadClientContext(string? json)
    {
        using var document = Parse(json);
        return new Client(ReadTexts(document, "env"), ReadTexts(document, "custom"));
    }

    private static CognitoIdentity ReadIdentity(string? json)
    {
        using var document = Parse(json);
        return new CognitoIdentity(ReadText(document, "cognitoIdentityId"), ReadText(document, "cognitoIdentityPoolId"));
    }

    private static JsonDocument? Parse(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? null : JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> ReadTexts(JsonDocument? document, string name)
    {
        var texts = new Dictionary<string, string>();
        if (document is { RootElement.ValueKind: JsonValueKind.Object }
            && document.RootElement.TryGetProperty(name, out var element)
            && element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                texts[property.Name] = property.Value.ToString();
            }
        }

        return texts;
    }

    private static string ReadText(JsonDocument? document, string name) =>
        document is { RootElement.ValueKind: JsonValueKind.Object } && document.RootElement.TryGetProperty(name, out var element)
            ? element.ToString()
            : "";

    private sealed record Client(IDictionary<string, string> Environment, IDictionary<string, string> Custom) : IClientContext;

    private sealed record CognitoIdentity(string IdentityId, string IdentityPoolId) : ICognitoIdentity;

    private sealed class ConsoleLogger : ILambdaLogger
    {
        public static ConsoleLogger Instance { get; } = new();

        public void Log(string message) => Console.Write(message);

        public void LogLine(string message) => Console.WriteLine(message);
    }
}
