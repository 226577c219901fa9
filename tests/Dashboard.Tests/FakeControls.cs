using Analytics.Dashboard.Controls;

namespace Analytics.Dashboard.Tests;

/// <summary>Controls that record the actions they receive.</summary>
internal sealed class FakeControls : IPipelineControls
{
    public List<string> Done { get; } = [];

    public ProducerState State { get; private set; } = new(
        new ProducerSettings { Rate = 10, Mix = new Dictionary<string, int> { ["envelope"] = 50, ["CloudEvents"] = 50 } }, 0, 0, ["throttle", "outage"], null);

    public void Set(ProducerSettings settings)
    {
        Done.Add($"rate {settings.Rate}");
        State = State with { Settings = settings };
    }

    public Task SendAsync(BurstKind kind, CancellationToken cancellationToken)
    {
        Done.Add($"send {kind}");
        return Task.CompletedTask;
    }

    public Task<string> ReshardAsync(bool isSplit, CancellationToken cancellationToken)
    {
        Done.Add(isSplit ? "split" : "merge");
        return Task.FromResult("Done.");
    }

    public string Inject(string fault)
    {
        Done.Add($"fault {fault}");
        return "Done.";
    }
}
