using Analytics.Cli.Shared.Faults;
using Analytics.Local.Faults;

namespace Analytics.Cli.Tests.Shared.Faults;

public sealed class ReshardingPlanTests
{
    [Fact]
    public void SplitsAndMergesComeInTurnAndEvenlySpread()
    {
        var plan = new ReshardingPlan(splits: 2, merges: 1);

        var due = Enumerable.Range(0, 101).SelectMany(done => plan.Due(done, 100).Select(kind => (done, kind))).ToList();

        Assert.Equal([(25, FaultKind.Split), (50, FaultKind.Merge), (75, FaultKind.Split)], due);
        Assert.True(plan.IsDone);
    }

    [Fact]
    public void MissedScheduleIsDueImmediatelyAndOnce()
    {
        var plan = new ReshardingPlan(splits: 1, merges: 2);

        Assert.Equal([FaultKind.Split, FaultKind.Merge, FaultKind.Merge], plan.Due(1_000, 100));
        Assert.Empty(plan.Due(2_000, 100));
    }

    [Fact]
    public void WithoutReshardsNoChildIsDue()
    {
        var plan = new ReshardingPlan(splits: 0, merges: 0);

        Assert.True(plan.IsDone);
        Assert.Empty(plan.Due(100, 100));
    }
}
