using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

public sealed class ConfigurationTests
{
    public static TheoryData<string, EventSourceMappingConfiguration> OutOfBounds => new()
    {
        { "BatchSize is 0; it must be 1 to 10,000.", Some.Configuration with { BatchSize = 0 } },
        { "BatchSize is 10001; it must be 1 to 10,000.", Some.Configuration with { BatchSize = 10_001 } },
        { "MaximumBatchingWindowInSeconds is 301; it must be 0 to 300, a whole number.", Some.Configuration with { MaximumBatchingWindow = TimeSpan.FromSeconds(301) } },
        { "MaximumBatchingWindowInSeconds is 0.5; it must be 0 to 300, a whole number.", Some.Configuration with { MaximumBatchingWindow = TimeSpan.FromSeconds(0.5) } },
        { "ParallelizationFactor is 0; it must be 1 to 10.", Some.Configuration with { ParallelizationFactor = 0 } },
        { "ParallelizationFactor is 11; it must be 1 to 10.", Some.Configuration with { ParallelizationFactor = 11 } },
        { "StartingPosition must be LATEST, TRIM_HORIZON or AT_TIMESTAMP.", Some.Configuration with { StartingPosition = (StartingPosition)9 } },
        { "StartingPosition AT_TIMESTAMP needs a StartingPositionTimestamp.", Some.Configuration with { StartingPosition = StartingPosition.AtTimestamp } },
        { "StartingPositionTimestamp requires StartingPosition AT_TIMESTAMP.", Some.Configuration with { StartingPositionTimestamp = Some.Time } },
        { "MaximumRetryAttempts is -2; it must be -1 (no limit) or 0 to 10,000.", Some.Configuration with { MaximumRetryAttempts = -2 } },
        { "MaximumRetryAttempts is 10001; it must be -1 (no limit) or 0 to 10,000.", Some.Configuration with { MaximumRetryAttempts = 10_001 } },
        { "MaximumRecordAgeInSeconds is 59; it must be -1 (no limit) or 60 to 604,800, a whole number.", Some.Configuration with { MaximumRecordAge = TimeSpan.FromSeconds(59) } },
        { "MaximumRecordAgeInSeconds is 604801; it must be -1 (no limit) or 60 to 604,800, a whole number.", Some.Configuration with { MaximumRecordAge = TimeSpan.FromSeconds(604_801) } },
        { "TumblingWindowInSeconds is 901; it must be 0 (none) to 900, a whole number.", Some.Configuration with { TumblingWindow = TimeSpan.FromSeconds(901) } },
        { "TumblingWindowInSeconds requires ParallelizationFactor 1, not 2.", Some.Configuration with { TumblingWindow = TimeSpan.FromSeconds(60), ParallelizationFactor = 2 } },
        { "FilterCriteria has 11 filters; at most 10 are allowed.", Some.Configuration with { FilterCriteria = [.. Enumerable.Repeat("""{"partitionKey":["a"]}""", 11)] } },
        { "a pattern of FilterCriteria is too long; at most 4,096 characters are allowed.", Some.Configuration with { FilterCriteria = [$$"""{"partitionKey":["{{new string('a', 4096)}}"]}"""] } },
        { "the on-failure destination 'arn:aws:sqs:eu-west-1:123456789012:failures.fifo' is a FIFO one; use a standard queue or topic.", Some.Configuration with { OnFailureDestinationArn = "arn:aws:sqs:eu-west-1:123456789012:failures.fifo" } },
        { "the on-failure destination 'arn:aws:lambda:eu-west-1:123456789012:function:f' must be the ARN of an SQS queue, an SNS topic or an S3 bucket.", Some.Configuration with { OnFailureDestinationArn = "arn:aws:lambda:eu-west-1:123456789012:function:f" } },
        { "the UUID '../x' must be letters, digits and hyphens.", Some.Configuration with { Uuid = "../x" } },
    };

    [Theory]
    [MemberData(nameof(OutOfBounds))]
    public void SettingOutOfBoundsIsReportedInOneLine(string error, EventSourceMappingConfiguration configuration) =>
        Assert.Equal([$"Event source mapping of counters: {error}"], configuration.Validate());

    [Fact]
    public void TheLimitsThemselvesAreWithinBounds()
    {
        Assert.Empty((Some.Configuration with
        {
            BatchSize = 10_000,
            MaximumBatchingWindow = TimeSpan.FromSeconds(300),
            ParallelizationFactor = 10,
            StartingPosition = StartingPosition.AtTimestamp,
            StartingPositionTimestamp = Some.Time,
            MaximumRetryAttempts = 10_000,
            MaximumRecordAge = TimeSpan.FromSeconds(604_800),
            OnFailureDestinationArn = "arn:aws:s3:::failures",
        }).Validate());
        Assert.Empty((Some.Configuration with
        {
            BatchSize = 1,
            MaximumRetryAttempts = 0,
            MaximumRecordAge = TimeSpan.FromSeconds(60),
            TumblingWindow = TimeSpan.FromSeconds(900),
            OnFailureDestinationArn = "arn:aws:sns:eu-west-1:123456789012:failures",
        }).Validate());
    }

    [Fact]
    public void TheDefaultsAreThoseOfLambda()
    {
        var configuration = Some.Configuration;

        Assert.Equal(100, configuration.BatchSize);
        Assert.Equal(TimeSpan.Zero, configuration.MaximumBatchingWindow);
        Assert.Equal(1, configuration.ParallelizationFactor);
        Assert.Equal(-1, configuration.MaximumRetryAttempts);
        Assert.Null(configuration.MaximumRecordAge);
        Assert.False(configuration.BisectBatchOnFunctionError);
        Assert.Equal(TimeSpan.Zero, configuration.TumblingWindow);
        Assert.False(configuration.ReportBatchItemFailures);
        Assert.Empty(configuration.FilterCriteria);
    }
}
