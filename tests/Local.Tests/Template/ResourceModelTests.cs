using Analytics.Local.Template;
using Analytics.Local.Template.Model;
using Analytics.Streaming;

namespace Analytics.Local.Tests.Template;

public class ResourceModelTests
{
    private const string Function = """
        Resources:
          Events: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 3, RetentionPeriodHours: 48}}
          Dead: {Type: AWS::SQS::Queue}
          Reader:
            Type: AWS::Serverless::Function
            Properties:
              Handler: bootstrap
              Runtime: provided.al2023
              CodeUri: code
              Events:
                Read:
                  Type: Kinesis
                  Properties:
                    Stream: !GetAtt Events.Arn
                    StartingPosition: LATEST

        """;

    private static T Single<T>(string text)
        where T : ResourceModel => Assert.Single(Templates.Evaluate(text).Models.OfType<T>());

    private static EventSourceMappingModel Mapping(string settings) =>
        Single<EventSourceMappingModel>(Function.TrimEnd() + "\n" + string.Join('\n', settings.Split('\n').Select(line => new string(' ', 12) + line)));

    [Fact]
    public void AConsumerWithEnhancedFanOutIsReadAsItsStream()
    {
        var mapping = Single<EventSourceMappingModel>(Function.Replace("!GetAtt Events.Arn", "!Ref Fast", StringComparison.Ordinal) + """
              Fast: {Type: AWS::Kinesis::StreamConsumer, Properties: {ConsumerName: fast, StreamARN: !GetAtt Events.Arn}}
            """);

        Assert.EndsWith("/consumer/fast:1", mapping.EventSourceArn, StringComparison.Ordinal);
        Assert.True(EventSourceArn.IsConsumer(mapping.EventSourceArn));
        Assert.EndsWith(":stream/demo-Events", EventSourceArn.GetStream(mapping.EventSourceArn), StringComparison.Ordinal);
    }

    [Fact]
    public void AMappingHasTheDefaultsOfAws()
    {
        var mapping = Mapping("");

        Assert.Empty(mapping.FilterPatterns);
        Assert.Equal(
            new EventSourceMappingModel("ReaderRead")
            {
                FunctionName = "demo-Reader",
                EventSourceArn = "arn:aws:kinesis:eu-west-1:000000000000:stream/demo-Events",
                StartingPosition = "LATEST",
                Enabled = true,
                BatchSize = 100,
                MaximumBatchingWindowInSeconds = 0,
                ParallelizationFactor = 1,
                MaximumRetryAttempts = -1,
                MaximumRecordAgeInSeconds = -1,
                BisectBatchOnFunctionError = false,
                TumblingWindowInSeconds = 0,
                ReportBatchItemFailures = false,
                FilterPatterns = mapping.FilterPatterns,
                OnFailureDestination = null,
                Declaration = new("t.yaml", 12),
            },
            mapping);
    }

    [Fact]
    public void AMappingHasAllItsSettings()
    {
        var mapping = Mapping("""
            Enabled: false
            BatchSize: 10000
            MaximumBatchingWindowInSeconds: 300
            ParallelizationFactor: 10
            MaximumRetryAttempts: 3
            MaximumRecordAgeInSeconds: 604800
            BisectBatchOnFunctionError: true
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria: {Filters: [{Pattern: '{"data":{"type":["a"]}}'}, {Pattern: '{}'}]}
            DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Dead.Arn}}
            """);

        Assert.False(mapping.Enabled);
        Assert.Equal(10_000, mapping.BatchSize);
        Assert.Equal(300, mapping.MaximumBatchingWindowInSeconds);
        Assert.Equal(10, mapping.ParallelizationFactor);
        Assert.Equal(3, mapping.MaximumRetryAttempts);
        Assert.Equal(604_800, mapping.MaximumRecordAgeInSeconds);
        Assert.True(mapping.BisectBatchOnFunctionError);
        Assert.True(mapping.ReportBatchItemFailures);
        Assert.Equal(["{\"data\":{\"type\":[\"a\"]}}", "{}"], mapping.FilterPatterns);
        Assert.Equal("arn:aws:sqs:eu-west-1:000000000000:demo-Dead", mapping.OnFailureDestination);
    }

    [Fact]
    public void StandaloneMappingIsReadLikeAFunctionEvent()
    {
        var mapping = Single<EventSourceMappingModel>("""
            Resources:
              Events: {Type: AWS::Kinesis::Stream}
              Mapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  FunctionName: other
                  EventSourceArn: !GetAtt Events.Arn
                  StartingPosition: AT_TIMESTAMP
                  StartingPositionTimestamp: 1700000000.5
                  TumblingWindowInSeconds: 900
            """);

        Assert.Equal("other", mapping.FunctionName);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500), mapping.StartingPositionTimestamp);
        Assert.Equal(900, mapping.TumblingWindowInSeconds);
    }

    [Theory]
    [InlineData("BatchSize: 10001", "t.yaml:16: Resources.Reader.Properties.Events.Read.Properties.BatchSize: expected 1 to 10000, found \"10001\"")]
    [InlineData("ParallelizationFactor: two", "expected a whole number")]
    [InlineData("MaximumRecordAgeInSeconds: 59", "expected 60 to 604800")]
    [InlineData("FunctionResponseTypes: [Report]", "expected ReportBatchItemFailures")]
    [InlineData("TumblingWindowInSeconds: 60\nParallelizationFactor: 2", "goes only with a ParallelizationFactor of 1")]
    public void ASettingBeyondItsLimitIsAnError(string settings, string expected) =>
        Assert.Contains(expected, Templates.Error(() => Mapping(settings)), StringComparison.Ordinal);

    [Fact]
    public void AFunctionHasTheGlobalsThatItDoesNotOverride()
    {
        var function = Single<FunctionModel>("""
            Parameters: {Level: {Type: String, Default: Debug}}
            Globals:
              Function:
                Runtime: provided.al2023
                Handler: bootstrap
                MemorySize: 256
                Environment: {Variables: {LEVEL: !Ref Level, BOTH: global}}
            Resources:
              Table:
                Type: AWS::DynamoDB::Table
                Properties:
                  AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
                  KeySchema: [{AttributeName: pk, KeyType: HASH}]
              Writer:
                Type: AWS::Serverless::Function
                Metadata: {BuildMethod: makefile}
                Properties:
                  CodeUri: .
                  Timeout: 60
                  ReservedConcurrentExecutions: 2
                  Environment: {Variables: {BOTH: own, TABLE: !Ref Table, COUNT: 3}}
            """);

        Assert.Equal(256, function.MemorySize);
        Assert.Equal(TimeSpan.FromSeconds(60), function.Timeout);
        Assert.Equal("makefile", function.BuildMethod);
        Assert.Equal(2, function.ReservedConcurrency);
        Assert.Equal(
            new Dictionary<string, string> { ["LEVEL"] = "Debug", ["BOTH"] = "own", ["TABLE"] = "demo-Table", ["COUNT"] = "3" },
            function.Environment);
    }

    [Fact]
    public void AFunctionWithoutSamIsMadeWhenItsCodeIsOnThisMachine()
    {
        var stack = Templates.Evaluate("""
            Globals: {Function: {Timeout: 60}}
            Resources:
              Clicks: {Type: AWS::Kinesis::Stream}
              Reader:
                Type: AWS::Lambda::Function
                Properties: {Code: ./bin, Handler: bootstrap, Runtime: provided.al2023, MemorySize: 256, Role: 'arn:aws:iam::000000000000:role/reader'}
              Inline:
                Type: AWS::Lambda::Function
                Properties: {Code: {ZipFile: 'def f(): pass'}, Handler: index.f, Runtime: python3.13, Role: 'arn:aws:iam::000000000000:role/inline'}
              Read:
                Type: AWS::Lambda::EventSourceMapping
                Properties: {FunctionName: !GetAtt Reader.Arn, EventSourceArn: !GetAtt Clicks.Arn, StartingPosition: LATEST}
            """);

        var function = Assert.Single(stack.Models.OfType<FunctionModel>());
        Assert.Equal(("Reader", "demo-Reader", "./bin", 256), (function.LogicalId, function.Name, function.CodeUri, function.MemorySize));
        Assert.Equal(TimeSpan.FromSeconds(3), function.Timeout);
        Assert.EndsWith(":function:demo-Reader", Assert.Single(stack.Models.OfType<EventSourceMappingModel>()).FunctionName, StringComparison.Ordinal);
    }

    [Fact]
    public void RoleAddedBySamCanBeReferenced() => Assert.Equal(
        "arn:aws:iam::000000000000:role/demo-ReaderRole",
        Templates.Evaluate(Function + "Outputs: {X: {Value: !GetAtt ReaderRole.Arn}}").ToResources().Outputs["X"]);

    [Fact]
    public void TablesHaveKeysIndexesAndTheirExpiry()
    {
        var table = Single<TableModel>("""
            Resources:
              T:
                Type: AWS::DynamoDB::Table
                Properties:
                  BillingMode: PAY_PER_REQUEST
                  AttributeDefinitions: [{AttributeName: pk, AttributeType: S}, {AttributeName: n, AttributeType: N}]
                  KeySchema: [{AttributeName: pk, KeyType: HASH}, {AttributeName: n, KeyType: RANGE}]
                  GlobalSecondaryIndexes:
                    - IndexName: by-n
                      KeySchema: [{AttributeName: n, KeyType: HASH}]
                      Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [a]}
                  TimeToLiveSpecification: {AttributeName: expiresAt, Enabled: true}
            """);

        Assert.Equal([new("pk", "HASH"), new("n", "RANGE")], table.Key);
        Assert.Equal("expiresAt", table.TimeToLiveAttribute);
        var index = Assert.Single(table.GlobalIndexes);
        Assert.Equal(("by-n", "INCLUDE"), (index.Name, index.ProjectionType));
        Assert.Equal(["a"], index.NonKeyAttributes);
    }

    [Fact]
    public void QueuesAndSubscriptionsHaveTheirAttributesAsTheServicesTakeThem()
    {
        var models = Templates.Evaluate("""
            Resources:
              Dead: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  VisibilityTimeout: 30
                  RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
              Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: sqs, Endpoint: !GetAtt Queue.Arn}]}}
              Subscription:
                Type: AWS::SNS::Subscription
                Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: a@b.c, FilterPolicy: {type: [high]}, RawMessageDelivery: true}
            """).Models;

        Assert.Equal("demo-Dead.fifo", models.OfType<QueueModel>().First().Name);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["VisibilityTimeout"] = "30",
                ["RedrivePolicy"] = "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:000000000000:demo-Dead.fifo\",\"maxReceiveCount\":3}",
            },
            models.OfType<QueueModel>().Last().Attributes);
        Assert.Equal(("sqs", "arn:aws:sqs:eu-west-1:000000000000:demo-Queue"),
            models.OfType<TopicModel>().Single().Subscriptions.Select(one => (one.Protocol, one.Endpoint)).Single());
        var subscription = models.OfType<SubscriptionModel>().Single();
        Assert.Equal("arn:aws:sns:eu-west-1:000000000000:demo-Topic", subscription.TopicArn);
        Assert.Equal(
            new Dictionary<string, string> { ["FilterPolicy"] = "{\"type\":[\"high\"]}", ["RawMessageDelivery"] = "true" },
            subscription.Subscription.Attributes);
    }

    [Fact]
    public void SchedulesAreReadInBothSpellings()
    {
        var schedules = Templates.Evaluate("""
            Resources:
              Timed:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: bootstrap
                  Runtime: provided.al2023
                  CodeUri: .
                  Events: {Tick: {Type: Schedule, Properties: {Schedule: rate(1 minute), Enabled: false}}}
              Rule:
                Type: AWS::Events::Rule
                Properties: {ScheduleExpression: cron(0 * * * ? *), Targets: [{Id: a, Arn: !GetAtt Timed.Arn, Input: '{"a":1}'}]}
            """).Models.OfType<ScheduleModel>().ToList();

        Assert.Equal(("TimedTick", "rate(1 minute)", false), (schedules[0].LogicalId, schedules[0].Expression, schedules[0].Enabled));
        Assert.Equal([new("demo-Timed", null)], schedules[0].Targets);
        Assert.Equal([new("arn:aws:lambda:eu-west-1:000000000000:function:demo-Timed", "{\"a\":1}")], schedules[1].Targets);
    }

    [Fact]
    public void UnusedSettingsAreReportedInFewLines()
    {
        var unsupported = new UnsupportedFeatures();

        Templates.Evaluate("""
            Resources:
              A: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: {}, VersioningConfiguration: {Status: Enabled}}}
              B: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: {}}}
              C: {Type: AWS::CloudWatch::Alarm}
              D: {Type: AWS::CloudWatch::Alarm}
              E: {Type: AWS::KMS::Key}
              F: {Type: AWS::S3::BucketPolicy}
            """, unsupported);
        unsupported.AddNote("T", "is not as it was");
        unsupported.AddNote("S", "is not as it was");

        Assert.Equal(
            [
                "not created here: CloudWatch, KMS, S3::BucketPolicy",
                "no effect here: BucketEncryption, VersioningConfiguration",
                "S, T: is not as it was",
            ],
            unsupported.Lines());
    }

    [Fact]
    public void TheTemplateOfTheRepositoryIsSupported()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "template.yaml")))
        {
            folder = folder.Parent;
        }

        var models = Templates.Evaluate(File.ReadAllText(Path.Combine(folder.FullName, "template.yaml"))).Models;

        Assert.NotEmpty(models.OfType<FunctionModel>());
        Assert.All(models.OfType<FunctionModel>(), function => Assert.True(
            models.OfType<EventSourceMappingModel>().Any(mapping => mapping.FunctionName == function.Name)
                || models.OfType<ScheduleModel>().Any(schedule => schedule.Targets.Any(target => target.Key.EndsWith(function.Name, StringComparison.Ordinal))),
            $"Nothing invokes {function.LogicalId}."));
    }
}
