using Analytics.Local.Deployment;

namespace Analytics.Local.Tests.Deployment;

public sealed class BackgroundTasksTests
{
    [Fact]
    public async Task FailedTaskIsTheFault()
    {
        await using var tasks = new BackgroundTasks();
        tasks.Start(token => Task.Delay(Timeout.Infinite, token));

        tasks.Start(_ => throw new LocalDeploymentException("the services ended"));

        var fault = await Assert.ThrowsAsync<LocalDeploymentException>(() => tasks.Fault);
        Assert.Equal("the services ended", fault.Message);
    }

    [Fact]
    public async Task StoppingWaitsForTheTasksAndIsNoFault()
    {
        var isStopped = false;
        var tasks = new BackgroundTasks();
        tasks.Start(async token =>
        {
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            isStopped = true;
            token.ThrowIfCancellationRequested();
        });

        await tasks.DisposeAsync();

        Assert.True(isStopped);
        Assert.False(tasks.Fault.IsCompleted);
    }
}
