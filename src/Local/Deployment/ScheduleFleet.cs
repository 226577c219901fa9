using Analytics.Local.Scheduling;
using Analytics.Local.Template;
using Analytics.Local.Template.Model;

namespace Analytics.Local.Deployment;

/// <summary>The scheduled rules of a deployment.</summary>
internal sealed class ScheduleFleet
{
    private readonly IReadOnlyList<(ScheduleRunner Runner, string Function)> _schedules;

    private ScheduleFleet(IReadOnlyList<(ScheduleRunner Runner, string Function)> schedules) => _schedules = schedules;

    /// <summary>Prepares the enabled rules.</summary>
    /// <param name="models">The rules' definitions in the template.</param>
    /// <param name="resources">The resources of the deployment.</param>
    /// <param name="pseudo">Region and account for the events.</param>
    /// <param name="unsupported">Receives the rules whose expression is not supported.</param>
    public static ScheduleFleet Create(IEnumerable<ScheduleModel> models, StackResources resources, PseudoParameters pseudo, UnsupportedFeatures unsupported)
    {
        var schedules = new List<(ScheduleRunner Runner, string Function)>();
        foreach (var model in models.Where(model => model.Enabled))
        {
            if (!ScheduleRate.TryParse(model.Expression, out var period))
            {
                unsupported.AddNote(model.LogicalId, "does not run here: only rate(...) up to 45 days is supported");
                continue;
            }

            var arn = resources[model.LogicalId].Attributes["Arn"];
            schedules.AddRange(model.Targets.Select(target =>
                (new ScheduleRunner(arn, pseudo.Region, pseudo.AccountId, period, target.Value, TimeProvider.System), target.Key)));
        }

        return new ScheduleFleet(schedules);
    }

    /// <summary>Invokes the functions on schedule until cancellation.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="log">Receives a line when a function cannot be invoked.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task RunAsync(FunctionFleet functions, Action<string> log, CancellationToken cancellationToken) => Task.WhenAll(_schedules.Select(one =>
        one.Runner.RunAsync((payload, token) => InvokeAsync(functions, one.Function, payload, log, token), cancellationToken)));

    private static async Task InvokeAsync(
        FunctionFleet functions, string function, ReadOnlyMemory<byte> payload, Action<string> log, CancellationToken cancellationToken)
    {
        try
        {
            // Responses and failures are in the function's log and statistics.
            await functions.InvokeAsync(function[(function.LastIndexOf(':') + 1)..], payload, cancellationToken);
        }
        catch (LocalDeploymentException e)
        {
            log(e.Message);
        }
    }
}
