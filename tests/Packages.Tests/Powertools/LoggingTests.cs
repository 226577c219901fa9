using System.Text.Json;
using AWS.Lambda.Powertools.Logging.Internal;

namespace Analytics.Packages.Tests.Powertools;

public sealed class LoggingTests
{
    private readonly StringWriter _output = new();
    private readonly Dictionary<string, string> _environment = new() { ["POWERTOOLS_SERVICE_NAME"] = "archive" };

    [Fact]
    public void ALineIsOneJsonObjectWithItsOwnFields()
    {
        Logger().Log(LogLevel.Information, null, "It is \"done\"\n", null);

        Assert.Equal("""{"timestamp":"2026-01-02T03:04:05Z","level":"Information","service":"archive","name":"AWS.Lambda.Powertools.Logging.Logger","message":"It is \"done\"\n"}""" + "\n", _output.ToString());
    }

    [Fact]
    public void ArgumentIsInTheMessageAndASeparateField()
    {
        Logger().Log(
            LogLevel.Warning,
            null,
            "{Count} records of {ShardId} took {Elapsed:0.0} s, {{literal}}, {@Missing}",
            [3, "shard-1", 1.25]);

        var line = SingleLine();
        Assert.Equal("3 records of shard-1 took 1.3 s, {literal}, {@Missing}", line.GetProperty("message").GetString());
        Assert.Equal(3, line.GetProperty("count").GetInt32());
        Assert.Equal("shard-1", line.GetProperty("shard_id").GetString());
        Assert.Equal(1.25, line.GetProperty("elapsed").GetDouble());
        Assert.Equal("Warning", line.GetProperty("level").GetString());
    }

    [Fact]
    public void AnArgumentNeverTakesThePlaceOfAFieldOfTheLine()
    {
        var logger = Logger();
        logger.AppendKey("Function_Name", "f");

        logger.Log(LogLevel.Error, null, "{Message} {level} {function_name} {Function_Name}", ["m", "l", "g", "h"]);

        Assert.Equal(
            """{"timestamp":"2026-01-02T03:04:05Z","level":"Error","service":"archive","name":"AWS.Lambda.Powertools.Logging.Logger","message":"m l g h","function_name":"g"}""" + "\n",
            _output.ToString());
    }

    [Fact]
    public void AppendedKeysAreInEveryLineUntilRemoved()
    {
        var logger = Logger();
        logger.AppendKey("cold_start", true);
        logger.AppendKey("functionRequestId", "r-1");
        logger.AppendKey("cold_start", false);
        logger.Log(LogLevel.Information, null, "a", null);
        logger.RemoveKeys(["FunctionRequestId", "unknown"]);
        logger.Log(LogLevel.Information, null, "b", null);

        var lines = Lines();
        Assert.StartsWith("""{"cold_start":false,"function_request_id":"r-1","timestamp":""", lines[0]);
        Assert.StartsWith("""{"cold_start":false,"timestamp":""", lines[1]);
        Assert.Equal(["cold_start"], logger.Keys.Select(key => key.Key));
    }

    [Theory]
    [InlineData("message")]
    [InlineData("Level")]
    [InlineData("timestamp")]
    [InlineData(" ")]
    public void AKeyThatTheLineHasItselfIsRejected(string key) =>
        Assert.ThrowsAny<ArgumentException>(() => Logger().AppendKey(key, 1));

    [Fact]
    public void ExceptionIsAnObjectWithItsCause()
    {
        Exception caught;
        try
        {
            throw new InvalidOperationException("outer", new FormatException("inner"));
        }
        catch (InvalidOperationException exception)
        {
            caught = exception;
        }

        Logger().Log(LogLevel.Error, caught, "Failed", null);

        var written = SingleLine().GetProperty("exception");
        Assert.Equal("System.InvalidOperationException", written.GetProperty("type").GetString());
        Assert.Equal("outer", written.GetProperty("message").GetString());
        Assert.Contains(nameof(ExceptionIsAnObjectWithItsCause), written.GetProperty("stack_trace").GetString());
        Assert.Equal("inner", written.GetProperty("inner_exception").GetProperty("message").GetString());
    }

    [Fact]
    public void ValuesKeepTheirJsonTypes()
    {
        Logger().Log(
            LogLevel.Information,
            null,
            "{A} {B} {C} {D} {E} {F} {G} {H}",
            [null, long.MaxValue, 1.5m, double.NaN, new[] { 1, 2 }, new Dictionary<string, object?> { ["x"] = false }, DayOfWeek.Friday, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)]);

        Assert.EndsWith(
            ""","a":null,"b":9223372036854775807,"c":1.5,"d":"NaN","e":[1,2],"f":{"x":false},"g":"Friday","h":"2026-01-02T03:04:05+00:00"}""",
            Assert.Single(Lines()));
    }

    [Fact]
    public void ProducerTextCannotBreakOutOfItsField()
    {
        Logger().Log(LogLevel.Information, null, "{Reason}", ["\"}\n{\"level\":\"Error\", \ud800"]);

        Assert.StartsWith("\"}\n{\"level\":\"Error\", ", SingleLine().GetProperty("reason").GetString());
        Assert.Equal("Information", SingleLine().GetProperty("level").GetString());
    }

    [Theory]
    [InlineData("warning", null, LogLevel.Warning)]
    [InlineData("Debug", "ERROR", LogLevel.Debug)]
    [InlineData(null, "WARN", LogLevel.Warning)]
    [InlineData("nonsense", null, LogLevel.Information)]
    [InlineData(null, null, LogLevel.Information)]
    [InlineData("none", null, LogLevel.None)]
    public void TheEnvironmentSetsTheLevel(string? powertools, string? lambda, object level)
    {
        Set("POWERTOOLS_LOG_LEVEL", powertools);
        Set("AWS_LAMBDA_LOG_LEVEL", lambda);

        Assert.Equal(level, LogSettings.From(_environment.GetValueOrDefault).Level);
    }

    [Fact]
    public void ALineBelowTheLevelIsNotWritten()
    {
        _environment["POWERTOOLS_LOG_LEVEL"] = "Warning";
        var logger = Logger();

        logger.Log(LogLevel.Information, null, "no", null);
        logger.Log(LogLevel.Warning, null, "yes", null);

        Assert.Equal("yes", SingleLine().GetProperty("message").GetString());
    }

    [Fact]
    public void TraceIsTheInvocationsUnlessAKeyOverridesIt()
    {
        _environment["_X_AMZN_TRACE_ID"] = "Root=1-5e1b4151-5ac6c58;Parent=53995c3f42cd8ad8;Sampled=1";
        var logger = Logger();
        logger.Log(LogLevel.Information, null, "a", null);
        logger.AppendKey("xray_trace_id", "mine");
        logger.Log(LogLevel.Information, null, "b", null);

        Assert.Contains("\"xray_trace_id\":\"1-5e1b4151-5ac6c58\",", Lines()[0]);
        Assert.StartsWith("{\"xray_trace_id\":\"mine\",\"timestamp\"", Lines()[1]);
    }

    [Fact]
    public async Task ConcurrentLinesStayWhole()
    {
        var output = TextWriter.Synchronized(_output);
        var logger = new JsonLogger(LogSettings.From(_environment.GetValueOrDefault), TimeProvider.System, () => output, _environment.GetValueOrDefault);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var index = 0; index < 200; index++)
            {
                logger.AppendKey($"key{worker}", index);
                logger.Log(LogLevel.Information, null, "{Worker} {Index}", [worker, index]);
                logger.RemoveKeys([$"key{worker}"]);
            }
        })));

        var lines = Lines();
        Assert.Equal(1_600, lines.Count);
        Assert.Equal(1_600, lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("message").GetString()).Distinct().Count());
    }

    private void Set(string name, string? value)
    {
        if (value is not null)
        {
            _environment[name] = value;
        }
    }

    private JsonLogger Logger() => new(
        LogSettings.From(_environment.GetValueOrDefault),
        new FakeTime(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
        () => _output,
        _environment.GetValueOrDefault);

    private List<string> Lines() => [.. _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private JsonElement SingleLine() => JsonDocument.Parse(Assert.Single(Lines())).RootElement;
}
