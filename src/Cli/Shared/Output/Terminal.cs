using System.Globalization;
using Spectre.Console;

namespace Analytics.Cli.Shared.Output;

/// <summary>
/// Where the command writes: results to standard output, progress and errors to standard error. Bars and tables where a person looks on,
/// plain lines elsewhere.
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

    /// <summary>Results.</summary>
    public TextWriter Out { get; }

    /// <summary>Progress and errors.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether results go to a person's terminal.</summary>
    public bool IsOutputInteractive { get; }

    /// <summary>Whether progress goes to a person's terminal.</summary>
    public bool IsErrorInteractive { get; }

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess() =>
        new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

    /// <summary>Writes a line of progress.</summary>
    public void Note(string line) => Error.WriteLine(line);

    /// <summary>Writes the one line that a user's error gets.</summary>
    public void Fail(string message) => Error.WriteLine("analytics: " + message.ReplaceLineEndings(" "));

    /// <summary>Writes a table to standard output; only where it is a terminal, see <see cref="IsOutputInteractive"/>.</summary>
    public void Write(Table table) => _outConsole.Write(table);

    /// <summary>Runs one stage of a command with its progress shown: a bar on a terminal, its title elsewhere.</summary>
    /// <param name="title">What is being done, for example <c>Sending 10,000 events</c>.</param>
    /// <param name="total">How many steps there are, or null when nobody knows.</param>
    /// <param name="stage">The work; it tells how many steps are done.</param>
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

    /// <summary>A number as people read it: 10,000.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A duration as people read it: 12.3 s.</summary>
    public static string Seconds(TimeSpan value) => value.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture) + " s";

    private static IAnsiConsole Create(TextWriter writer, bool isInteractive) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
        Interactive = isInteractive ? InteractionSupport.Detect : InteractionSupport.No,
    });

    // Progress<T> would hand each step to the thread pool, in any order.
    private sealed class Steps(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
