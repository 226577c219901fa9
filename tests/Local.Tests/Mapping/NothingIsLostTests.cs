using Analytics.Local.Mapping;
using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Local.Tests.Mapping;

/// <summary>All settings combined, under random events; <see cref="StreamSimulation"/> checks the invariants at each step.</summary>
public sealed class NothingIsLostTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(PropertyCases.Limit(300));

    private static Gen<EventSourceMappingConfiguration> Configurations =>
        from batchSize in Gen.Choose(1, 8)
        from batchingWindow in Gen.Elements(0, 0, 2)
        from lanes in Gen.Elements(1, 1, 2, 3)
        from tumblingWindow in Gen.Elements(0, 0, 5)
        from retries in Gen.Elements(-1, 0, 1, 3)
        from age in Gen.Elements<TimeSpan?>(null, TimeSpan.FromSeconds(60))
        from bisects in ArbMap.Default.GeneratorFor<bool>()
        from reports in ArbMap.Default.GeneratorFor<bool>()
        select Some.Configuration with
        {
            BatchSize = batchSize,
            MaximumBatchingWindow = TimeSpan.FromSeconds(batchingWindow),
            ParallelizationFactor = tumblingWindow > 0 ? 1 : lanes,
            TumblingWindow = TimeSpan.FromSeconds(tumblingWindow),
            MaximumRetryAttempts = retries,
            MaximumRecordAge = age,
            BisectBatchOnFunctionError = bisects,
            ReportBatchItemFailures = reports,
        };

    [Fact]
    public void EveryRecordIsProcessedOrInAFailureRecordInTheOrderOfItsKey() => Check.One(
        Runs,
        Prop.ForAll(Configurations.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (configuration, seed) =>
        {
            var simulation = new StreamSimulation(configuration, seed, crashes: false);
            simulation.Run(steps: 400);

            Assert.Equal(simulation.Put, simulation.Processed + simulation.GivenUp);
            if (configuration.TumblingWindow > TimeSpan.Zero)
            {
                Assert.Equal(simulation.Processed, simulation.CountedInWindows);
            }

            if (configuration is { MaximumRetryAttempts: < 0, MaximumRecordAge: null } && configuration.TumblingWindow == TimeSpan.Zero)
            {
                Assert.Equal(0, simulation.GivenUp);
            }
        }));

    [Fact]
    public void SoItIsWhenTheMappingIsKilledAndStartedAgain() => Check.One(
        Runs,
        Prop.ForAll(Configurations.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (configuration, seed) =>
        {
            var simulation = new StreamSimulation(configuration, seed, crashes: true);
            simulation.Run(steps: 400);

            Assert.Equal(simulation.Put, simulation.Processed + simulation.GivenUp);
        }));
}
