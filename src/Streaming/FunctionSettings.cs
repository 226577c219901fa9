using System.Buffers;
using System.Globalization;
using Analytics.Events.Definitions;

namespace Analytics.Streaming;

/// <summary>A function's environment variables. Missing or invalid ones are reported in one line that names the variable.</summary>
/// <param name="read">Returns a variable's value, or null; <see cref="Environment.GetEnvironmentVariable(string)"/> in a function.</param>
public sealed class FunctionSettings(Func<string, string?> read)
{
    /// <summary>Returns a variable's value.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="meaning">The expected value, for the message.</param>
    /// <exception cref="FunctionSettingException">The variable is missing or blank.</exception>
    public string Required(string name, string meaning) =>
        Optional(name) ?? throw new FunctionSettingException($"Environment variable {name} is missing: set it to {meaning}.");

    /// <summary>Returns a variable's value, or null if it is missing or blank.</summary>
    public string? Optional(string name) => read(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Returns a variable's value as a whole number within bounds, or <paramref name="otherwise"/> if it is missing.</summary>
    /// <exception cref="FunctionSettingException">The value is not such a number.</exception>
    public int Number(string name, int otherwise, int least, int most)
    {
        if (Optional(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new FunctionSettingException($"Environment variable {name} is '{text}': set it to a whole number from {least} to {most}.");
    }

    /// <summary>Returns the namespace of the function's metrics: <c>POWERTOOLS_METRICS_NAMESPACE</c>, or <paramref name="otherwise"/> if it is missing.</summary>
    /// <exception cref="FunctionSettingException">The namespace is invalid for CloudWatch.</exception>
    public string MetricsNamespace(string otherwise)
    {
        const string Name = "POWERTOOLS_METRICS_NAMESPACE";
        var value = Optional(Name) ?? otherwise;
        return value.Length <= 255 && !value.AsSpan().ContainsAnyExcept(NamespaceCharacters) && !value.StartsWith("AWS/", StringComparison.Ordinal)
            ? value
            : throw new FunctionSettingException(
                $"Environment variable {Name} is '{value}': set it to at most 255 letters, digits and ./_#:- that do not begin with AWS/.");
    }

    /// <summary>Returns the bounds of event times: <c>EVENT_TIME_PAST_HOURS</c> (168) and <c>EVENT_TIME_FUTURE_HOURS</c> (1).</summary>
    /// <exception cref="FunctionSettingException">A value is not a number of hours.</exception>
    public EventTimeBounds EventTimeBounds => new()
    {
        Past = TimeSpan.FromHours(Number("EVENT_TIME_PAST_HOURS", (int)EventTimeBounds.Default.Past.TotalHours, 0, MaxHours)),
        Future = TimeSpan.FromHours(Number("EVENT_TIME_FUTURE_HOURS", (int)EventTimeBounds.Default.Future.TotalHours, 0, MaxHours)),
    };

    /// <summary>
    /// Gets the batching window of the function Counters: <c>COUNTERS_BATCHING_SECONDS</c>; 300, the maximum that Lambda allows, by default.
    /// </summary>
    /// <exception cref="FunctionSettingException">The value is not a valid number of seconds.</exception>
    public TimeSpan CountersBatchingWindow => TimeSpan.FromSeconds(Number("COUNTERS_BATCHING_SECONDS", MaxBatchingSeconds, 0, MaxBatchingSeconds));

    /// <summary>Loads the definitions from <c>DEFINITIONS_FILE</c>, a path relative to the executable's folder; <c>definitions.json</c> by default.</summary>
    /// <exception cref="FunctionSettingException">The file cannot be read or is invalid.</exception>
    public Definitions Definitions
    {
        get
        {
            try
            {
                return Definitions.Load(Path.Combine(AppContext.BaseDirectory, Optional("DEFINITIONS_FILE") ?? Definitions.FileName));
            }
            catch (DefinitionsException exception)
            {
                throw new FunctionSettingException(exception.Message, exception);
            }
        }
    }

    /// <summary>Runs a function's start-up with its environment. A missing or invalid setting ends the process with one line and exit code 1.</summary>
    public static void Configure(Action<FunctionSettings> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        try
        {
            configure(new FunctionSettings(Environment.GetEnvironmentVariable));
        }
        catch (FunctionSettingException exception)
        {
            Console.Error.WriteLine(exception.Message);
            Environment.Exit(1);
        }
    }

    private const int MaxBatchingSeconds = 300;
    private const int MaxHours = 10 * 366 * 24;

    private static readonly SearchValues<char> NamespaceCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./_#:-");
}
