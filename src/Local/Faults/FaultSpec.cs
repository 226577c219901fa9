using System.Globalization;

namespace Analytics.Local.Faults;

/// <summary>The number of faults by kind, and the seed for their places.</summary>
public sealed record FaultSpec
{
    private const int MaxPerKind = 1_000_000;
    private const string Kill = "kill";

    private static readonly (string Name, FaultKind Kind)[] Names =
    [
        ("kill-before", FaultKind.KillBefore),
        ("kill-during", FaultKind.KillDuring),
        ("kill-after", FaultKind.KillAfter),
        ("timeout", FaultKind.Timeout),
        ("throttle", FaultKind.Throttle),
        ("error", FaultKind.Error),
        ("lost-reply", FaultKind.LostReply),
        ("delay", FaultKind.Delay),
        ("outage", FaultKind.Outage),
        ("duplicate", FaultKind.Duplicate),
        ("regroup", FaultKind.Regroup),
        ("split", FaultKind.Split),
        ("merge", FaultKind.Merge),
    ];

    /// <summary>No faults, for an injector to which faults are added later.</summary>
    public static FaultSpec None { get; } = new() { Counts = new Dictionary<FaultKind, int>() };

    /// <summary>Gets the kind with a name. Returns false if there is none.</summary>
    public static bool TryParseKind(string name, out FaultKind kind)
    {
        var index = Array.FindIndex(Names, one => one.Name == name);
        kind = index < 0 ? default : Names[index].Kind;
        return index >= 0;
    }

    /// <summary>The seed. The same seed gives the same places.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The number of faults by kind; missing kinds have none.</summary>
    public required IReadOnlyDictionary<FaultKind, int> Counts { get; init; }

    /// <summary>Returns the number of faults of a kind.</summary>
    public int this[FaultKind kind] => Counts.GetValueOrDefault(kind);

    /// <summary>Returns the name of a kind in a specification, such as <c>lost-reply</c>.</summary>
    public static string GetName(FaultKind kind) => Names.First(one => one.Kind == kind).Name;

    /// <summary>
    /// Parses a specification: <c>name=number</c>, separated by commas. The names are seed, kill (divided among kill-before, kill-during
    /// and kill-after), and those of <see cref="FaultKind"/>: <c>seed=7,kill=30,throttle=50,lost-reply=20,duplicate=10,split=2,merge=1</c>.
    /// </summary>
    /// <exception cref="LocalDeploymentException">The text is not a specification; the message is one line.</exception>
    public static FaultSpec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var seed = 1;
        var counts = new SortedDictionary<FaultKind, int>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, number) = Split(part);
            if (!seen.Add(name))
            {
                throw new LocalDeploymentException($"the faults '{text}' contain {name} twice; use each once");
            }

            if (name == "seed")
            {
                seed = number;
            }
            else if (name == Kill)
            {
                Add(FaultKind.KillBefore, (number + 2) / 3);
                Add(FaultKind.KillDuring, (number + 1) / 3);
                Add(FaultKind.KillAfter, number / 3);
            }
            else if (Array.Find(Names, one => one.Name == name) is { Name: not null } known)
            {
                Add(known.Kind, number);
            }
            else
            {
                throw new LocalDeploymentException(
                    $"there is no fault '{name}'; use seed, {Kill}, {string.Join(", ", Names.Select(one => one.Name))}");
            }
        }

        return counts.Values.Sum() > 0
            ? new FaultSpec { Seed = seed, Counts = counts }
            : throw new LocalDeploymentException($"'{text}' specifies no faults; use, for example, kill=3,throttle=10");

        void Add(FaultKind kind, int number) => counts[kind] = counts.GetValueOrDefault(kind) + number;
    }

    private static (string Name, int Number) Split(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            && int.TryParse(part.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= MaxPerKind
                ? (part[..equals].Trim(), number)
                : throw new LocalDeploymentException($"the fault '{part}' must have the form name=number, with a number up to {MaxPerKind}");
    }
}
