using System.Globalization;
using Spectre.Console;

namespace Analytics.Cli.Shared.Output;

/// <summary>
/// The output of a command: results to standard output, progress and errors to standard error, with progress bars and tables on a terminal
/// and plain lines elsewhere.
/// </summary>
internal sealed class Terminal
{
    private readonly IAnsiConsole _outConsole;
    private readonly IAnsiConsole _errorConsole;

    public Terminal(TextWriter output, TextWriter error, bool isOutputInteractive, bool isErrorInteractive)
    {
        Out = output;
        Error = error;
        IsOutputInteractive = isOutputInteractive;
        IsErrorInteractive = isErrorInteractive;
        _outConsole = Create(output, isOutputInteractive);
        _errorConsole = Create(error, isErrorInteractive);
    }

    /// <summary>The writer for results.</summary>
    public TextWriter Out { get; }

    /// <summary>The writer for progress and errors.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsOutputInteractive { get; }

    /// <summary>Whether standard error is a terminal.</summary>
    public bool IsErrorInteractive { get; }

    /// <summary>Returns the terminal of this process.</summary>
    public static Terminal OfProcess() =>
        new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

    /// <summary>Writes a line of progress.</summary>
    public void Note(string line) => Error.WriteLine(line);

    /// <summary>Writes an error as one line.</summary>
    public void Fail(string message) => Error.WriteLine("analytics: " + message.ReplaceLineEndings(" "));

    /// <summary>Writes a table to standard output. Call it only if <see cref="IsOutputInteractive"/>.</summary>
    public void Write(Table table) => _outConsole.Write(table);

    /// <summary>Runs a stage of a command and shows its progress: a bar on a terminal, its title elsewhere.</summary>
    /// <param name="title">The title, such as <c>Sending 10,000 events</c>.</param>
    /// <param name="total">The number of steps, or null if it is unknown.</param>
    /// <param name="stage">The work, which reports the number of completed steps.</param>
    public async Task<T> StageAsync<T>(string title, long? total, Func<IProgress<long>, Task<T>> stage)
    {
        if (!IsErrorInteractive)
        {
            Note(title);
            return await stage(new Steps(static _ => { }));
        }

        return await _errorConsole.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: total ?? 1);
                task.IsIndeterminate = total is null;
                var result = await stage(new Steps(done => task.Value = done));
                task.IsIndeterminate = false;
                task.Value = task.MaxValue;
                return result;
            });
    }

    /// <summary>Formats a number, such as 10,000.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Formats a duration, such as 12.3 s.</summary>
    public static string Seconds(TimeSpan value) => value.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture) + " s";

    private static IAnsiConsole Create(TextWriter writer, bool isInteractive) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
        Interactive = isInteractive ? InteractionSupport.Detect : InteractionSupport.No,
    });

    // Progress<T> would post each report to the thread pool, in no particular order.
    private sealed class Steps(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
