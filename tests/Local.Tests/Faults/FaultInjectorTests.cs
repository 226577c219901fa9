using Analytics.Local.Faults;
using Analytics.Local.Mapping;
using Analytics.Local.Runtime;
using Analytics.Local.Services;

namespace Analytics.Local.Tests.Faults;

public sealed class FaultInjectorTests
{
    private static readonly ServiceCall Call = new("A", AwsService.DynamoDB, "UpdateItem");
    private readonly FakeTime _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void NoFaultOccursBeforeFaultsAreDistributed()
    {
        var injector = new FaultInjector(FaultSpec.Parse("kill=5,throttle=5,duplicate=5"), _clock);

        Assert.Equal(default, injector.Decide("A"));
        Assert.Equal(default, injector.Decide(Call));
        Assert.Equal(DeliveryFault.None, injector.DecideDelivery("A"));
    }

    [Fact]
    public void AddedFaultAffectsOnlyTheNextInvocationOrBatchOfItsFunction()
    {
        var injector = new FaultInjector(FaultSpec.None, _clock);
        _ = injector.Decide("A");
        injector.Add(FaultKind.KillBefore, "A");
        injector.Add(FaultKind.Duplicate, "A");
        injector.Add(FaultKind.Throttle, "A");

        Assert.Equal(default, injector.Decide("B"));
        Assert.Equal(InvocationFaultKind.KillWhenTaken, injector.Decide("A").Kind);
        Assert.Equal(ServiceFaultKind.Throttle, injector.Decide(Call).Kind);
        Assert.Equal(DeliveryFault.Duplicate, injector.DecideDelivery("A"));
        Assert.Equal(default, injector.Decide("A"));
        Assert.Equal(default, injector.Decide(Call));
        Assert.Equal(DeliveryFault.None, injector.DecideDelivery("A"));
        Assert.Equal([1, 1, 1], injector.Counts.Select(count => count.Planned));
        Assert.Equal([1, 1, 1], injector.Counts.Select(count => count.Injected));
    }

    [Fact]
    public void ASplitCannotBeAddedToAFunction() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FaultInjector(FaultSpec.None, _clock).Add(FaultKind.Split, "A"));

    [Fact]
    public void TheSameSeedBreaksTheSameInvocationsAndAnotherOneOthers()
    {
        Assert.Equal(Broken(7), Broken(7));
        Assert.NotEqual(Broken(7), Broken(8));
        Assert.Equal(10, Broken(7).Count);

        List<int> Broken(int seed)
        {
            var injector = Spread($"seed={seed},kill-before=10", invocations: 100);
            return [.. Enumerable.Range(1, 100).Where(_ => injector.Decide("A").Kind == InvocationFaultKind.KillWhenTaken)];
        }
    }

    [Fact]
    public void EveryProcessFaultOccursWithinTheExpectedInvocations()
    {
        var injector = Spread("kill-before=2,kill-after=3,timeout=1", invocations: 10);

        var kinds = Enumerable.Range(0, 10).Select(_ => injector.Decide("A").Kind).CountBy(kind => kind).ToDictionary();

        Assert.Equal(2, kinds[InvocationFaultKind.KillWhenTaken]);
        Assert.Equal(3, kinds[InvocationFaultKind.KillWhenAnswered]);
        Assert.Equal(1, kinds[InvocationFaultKind.Hang]);
        Assert.All(injector.Counts, count => Assert.Equal(count.Planned, count.Injected));
    }

    [Fact]
    public void MoreFaultsThanInvocationsAreNotAllInjected()
    {
        var injector = Spread("kill-before=12", invocations: 5);
        for (var i = 0; i < 100; i++)
        {
            injector.Decide("A");
        }

        Assert.Equal([new FaultCount(FaultKind.KillBefore, 12, 5)], injector.Counts);
    }

    [Fact]
    public void AKillDuringTheCommitFollowsTheFunctionsCalls()
    {
        var injector = Spread("kill-during=1", invocations: 1);
        var fault = injector.Decide("A");
        Assert.Equal(InvocationFaultKind.KillAtMoment, fault.Kind);
        Assert.False(fault.Moment!.IsCompleted);

        injector.Decide(Call with { Function = "B" });
        Assert.False(fault.Moment.IsCompleted);
        injector.Decide(Call);
        Assert.True(fault.Moment.IsCompleted);
    }

    [Fact]
    public void LateKillHappensAtTheNextInvocation()
    {
        var injector = Spread("kill-during=1", invocations: 1);
        injector.Missed("A", injector.Decide("A"));
        Assert.Equal([new FaultCount(FaultKind.KillDuring, 1, 0)], injector.Counts);

        Assert.Equal(InvocationFaultKind.KillAtMoment, injector.Decide("A").Kind);
        Assert.Equal([new FaultCount(FaultKind.KillDuring, 1, 1)], injector.Counts);
    }

    [Fact]
    public void CallsFailInTheInvocationThatWasDrawn()
    {
        var injector = Spread("throttle=1,error=1,lost-reply=1,delay=1", invocations: 1);
        Assert.Equal(default, injector.Decide(Call));
        injector.Decide("A");

        var faults = Enumerable.Range(0, 4).Select(_ => injector.Decide(Call)).ToList();

        Assert.Equal(
            [ServiceFaultKind.None, ServiceFaultKind.Throttle, ServiceFaultKind.ServerError, ServiceFaultKind.DropReply],
            faults.Select(fault => fault.Kind).Order());
        Assert.InRange(Assert.Single(faults, fault => fault.Kind == ServiceFaultKind.None).Delay.TotalMilliseconds, 100, 1_000);
        Assert.Equal(default, injector.Decide(Call));
    }

    [Fact]
    public void UnavailableServiceIsUnavailableForAllFunctionsForSomeTime()
    {
        var injector = Spread("outage=1", invocations: 1);
        injector.Decide("A");
        Assert.Equal(ServiceFaultKind.Refuse, injector.Decide(Call).Kind);

        Assert.Equal(ServiceFaultKind.Refuse, injector.Decide(Call with { Function = "B" }).Kind);
        Assert.Equal(ServiceFaultKind.None, injector.Decide(Call with { Service = AwsService.S3 }).Kind);
        _clock.Advance(FaultInjector.OutageLength);
        Assert.Equal(ServiceFaultKind.None, injector.Decide(Call).Kind);
    }

    private FaultInjector Spread(string spec, int invocations)
    {
        var injector = new FaultInjector(FaultSpec.Parse(spec), _clock);
        injector.Spread(new Dictionary<string, int> { ["A"] = invocations });
        return injector;
    }
}
