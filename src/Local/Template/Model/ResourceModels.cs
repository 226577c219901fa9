using Analytics.Local.Template.Syntax;

namespace Analytics.Local.Template.Model;

/// <summary>Converts evaluated properties to the models of resources that are created here.</summary>
internal static class ResourceModels
{
    /// <summary>Returns the model of a resource, or null if its type is not created here.</summary>
    /// <exception cref="TemplateException">A property is missing or invalid.</exception>
    public static ResourceModel? Read(TemplateResource resource, string name, PropertyReader properties) => resource.Type switch
    {
        ResourceTypes.Bucket => ReadBucket(resource, name, properties),
        ResourceTypes.EventSourceMapping => ReadMapping(resource, properties),
        ResourceTypes.Function => ReadFunction(resource, name, properties, code: "CodeUri"),
        ResourceTypes.PlainFunction => ReadPlainFunction(resource, name, properties),
        ResourceTypes.Queue => ReadQueue(resource, name, properties),
        ResourceTypes.Rule => ReadSchedule(resource, name, properties),
        ResourceTypes.Stream => ReadStream(resource, name, properties),
        ResourceTypes.StreamConsumer => new StreamConsumerModel(
            resource.LogicalId, properties.Required("ConsumerName").AsText(), properties.Required("StreamARN").AsText()),
        ResourceTypes.Subscription => ReadSubscription(resource, properties),
        ResourceTypes.Table => ReadTable(resource, name, properties),
        ResourceTypes.Topic => ReadTopic(resource, name, properties),
        _ => null,
    };

    private static BucketModel ReadBucket(TemplateResource resource, string name, PropertyReader properties)
    {
        properties.Find("BucketName");
        return new BucketModel(resource.LogicalId, name);
    }

    private static StreamModel ReadStream(TemplateResource resource, string name, PropertyReader properties)
    {
        properties.Find("Name");
        var isOnDemand = properties.Map("StreamModeDetails")?.Find("StreamMode")?.AsText() == "ON_DEMAND";
        return new StreamModel(
            resource.LogicalId, name, properties.Integer("ShardCount", isOnDemand ? StreamModel.OnDemandShards : 1, 1, 500),
            properties.Integer("RetentionPeriodHours", 24, 24, 8_760), isOnDemand);
    }

    private static TableModel ReadTable(TemplateResource resource, string name, PropertyReader properties)
    {
        properties.Find("TableName");
        properties.Find("BillingMode");
        properties.Find("ProvisionedThroughput");
        var timeToLive = properties.Map("TimeToLiveSpecification");
        return new TableModel(
            resource.LogicalId,
            name,
            [.. properties.Required("AttributeDefinitions").AsList().Items.Select(item => item.AsMap())
                .Select(item => new KeyValuePair<string, string>(item["AttributeName"].AsText(), item["AttributeType"].AsText()))],
            ReadKey(properties.Required("KeySchema")),
            [.. properties.List("GlobalSecondaryIndexes").Select(ReadIndex)],
            [.. properties.List("LocalSecondaryIndexes").Select(ReadIndex)],
            timeToLive?["Enabled"].AsBoolean() == true ? timeToLive["AttributeName"].AsText() : null);
    }

    private static IReadOnlyList<TableKeyPart> ReadKey(TemplateNode schema) =>
    [
        .. schema.AsList().Items.Select(item => item.AsMap())
            .Select(item => new TableKeyPart(item["AttributeName"].AsText(), item["KeyType"].AsText())),
    ];

    private static TableIndexModel ReadIndex(TemplateNode node)
    {
        var index = node.AsMap();
        var projection = index["Projection"].AsMap();
        return new TableIndexModel(
            index["IndexName"].AsText(),
            ReadKey(index["KeySchema"]),
            projection.Find("ProjectionType")?.AsText() ?? "ALL",
            [.. projection.Find("NonKeyAttributes")?.AsList().Items.Select(item => item.AsText()) ?? []]);
    }

    private static TopicModel ReadTopic(TemplateResource resource, string name, PropertyReader properties)
    {
        properties.Find("TopicName");
        var attributes = Attributes(properties, ["DisplayName", "FifoTopic", "ContentBasedDeduplication"]);
        var subscriptions = properties.List("Subscription").Select(item => item.AsMap())
            .Select(item => new TopicSubscription(item["Protocol"].AsText(), item["Endpoint"].AsText(), new Dictionary<string, string>()));
        return new TopicModel(resource.LogicalId, name, attributes, [.. subscriptions]);
    }

    private static SubscriptionModel ReadSubscription(TemplateResource resource, PropertyReader properties) => new(
        resource.LogicalId,
        properties.Required("TopicArn").AsText(),
        new TopicSubscription(
            properties.Required("Protocol").AsText(),
            properties.Required("Endpoint").AsText(),
            Attributes(properties, ["FilterPolicy", "FilterPolicyScope", "RawMessageDelivery"])));

    private static QueueModel ReadQueue(TemplateResource resource, string name, PropertyReader properties)
    {
        properties.Find("QueueName");
        return new QueueModel(resource.LogicalId, name, Attributes(properties,
        [
            "ContentBasedDeduplication", "DelaySeconds", "FifoQueue", "MaximumMessageSize", "MessageRetentionPeriod",
            "ReceiveMessageWaitTimeSeconds", "RedrivePolicy", "VisibilityTimeout",
        ]));
    }

    private static Dictionary<string, string> Attributes(PropertyReader properties, ReadOnlySpan<string> names)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (properties.Find(name) is { } node)
            {
                attributes[name] = node is ScalarNode scalar ? scalar.Text : NodeJson.Write(node);
            }
        }

        return attributes;
    }

    /// <summary>Reads a plain CloudFormation function: it is created if its code is on this machine, as before <c>aws cloudformation package</c>.</summary>
    private static FunctionModel? ReadPlainFunction(TemplateResource resource, string name, PropertyReader properties) =>
        properties.Find("Code") is ScalarNode ? ReadFunction(resource, name, properties, code: "Code") : null;

    private static FunctionModel ReadFunction(TemplateResource resource, string name, PropertyReader properties, string code)
    {
        properties.Find("FunctionName");
        properties.Find("Description");
        properties.Find("Role");
        properties.Find("Architectures");
        if (properties.Text("PackageType") == "Image")
        {
            throw new TemplateException(resource.Node, "a function in a container image cannot run here: give CodeUri and Runtime");
        }

        if (properties.Find(code) is null or MapNode)
        {
            throw new TemplateException(resource.Node, $"a function needs a {code} that names a folder or a zip on this machine");
        }

        var variables = properties.Map("Environment")?.Find("Variables")?.AsMap();
        return new FunctionModel(
            resource.LogicalId,
            name,
            properties.Required(code).AsText(),
            properties.Required("Handler").AsText(),
            properties.Required("Runtime").AsText(),
            properties.Integer("MemorySize", 128, 128, 10_240),
            TimeSpan.FromSeconds(properties.Integer("Timeout", 3, 1, 900)),
            (variables?.Entries ?? []).ToDictionary(entry => entry.Key, entry => entry.Value.AsText(), StringComparer.Ordinal),
            resource.Metadata("BuildMethod"),
            resource.Node.Location,
            properties.Find("ReservedConcurrentExecutions")?.AsInteger());
    }

    private static EventSourceMappingModel ReadMapping(TemplateResource resource, PropertyReader properties)
    {
        var source = properties.Required("EventSourceArn");
        if (source.AsText().Split(':') is not [_, _, "kinesis", ..])
        {
            throw source.Expected("the ARN of a Kinesis stream: other sources are not read here");
        }

        var position = properties.Required("StartingPosition");
        if (position.AsText() is not ("LATEST" or "TRIM_HORIZON" or "AT_TIMESTAMP"))
        {
            throw position.Expected("LATEST, TRIM_HORIZON or AT_TIMESTAMP");
        }

        var timestamp = properties.Find("StartingPositionTimestamp");
        if (position.AsText() == "AT_TIMESTAMP" && timestamp is null)
        {
            throw new TemplateException(position, "AT_TIMESTAMP needs a StartingPositionTimestamp");
        }

        var mapping = new EventSourceMappingModel(resource.LogicalId)
        {
            FunctionName = properties.Required("FunctionName").AsText(),
            EventSourceArn = source.AsText(),
            StartingPosition = position.AsText(),
            StartingPositionTimestamp = timestamp is null
                ? null
                : DateTimeOffset.UnixEpoch.AddSeconds(timestamp.AsNumber()),
            Enabled = properties.Boolean("Enabled", true),
            BatchSize = properties.Integer("BatchSize", 100, 1, 10_000),
            MaximumBatchingWindowInSeconds = properties.Integer("MaximumBatchingWindowInSeconds", 0, 0, 300),
            ParallelizationFactor = properties.Integer("ParallelizationFactor", 1, 1, 10),
            MaximumRetryAttempts = properties.Integer("MaximumRetryAttempts", -1, -1, 10_000),
            MaximumRecordAgeInSeconds = ReadRecordAge(properties),
            BisectBatchOnFunctionError = properties.Boolean("BisectBatchOnFunctionError", false),
            TumblingWindowInSeconds = properties.Integer("TumblingWindowInSeconds", 0, 0, 900),
            ReportBatchItemFailures = properties.List("FunctionResponseTypes").Count(ReportsFailures) > 0,
            FilterPatterns = ReadPatterns(properties),
            OnFailureDestination = properties.Map("DestinationConfig")?.Find("OnFailure")?.AsMap()["Destination"].AsText(),
            Declaration = resource.Node.Location,
        };
        return mapping.TumblingWindowInSeconds > 0 && mapping.ParallelizationFactor > 1
            ? throw new TemplateException(resource.Node, "TumblingWindowInSeconds goes only with a ParallelizationFactor of 1")
            : mapping;
    }

    private static int ReadRecordAge(PropertyReader properties)
    {
        const string Name = "MaximumRecordAgeInSeconds";
        return properties.Find(Name) is { } node && node.AsInteger() != -1 ? properties.Integer(Name, -1, 60, 604_800) : -1;
    }

    private static bool ReportsFailures(TemplateNode responseType) => responseType.AsText() == "ReportBatchItemFailures"
        ? true
        : throw responseType.Expected("ReportBatchItemFailures");

    private static IReadOnlyList<string> ReadPatterns(PropertyReader properties)
    {
        var filters = properties.Map("FilterCriteria")?.Find("Filters")?.AsList().Items ?? [];
        return [.. filters.Select(filter => filter.AsMap()["Pattern"]).Select(pattern =>
            pattern is MapNode ? NodeJson.Write(pattern) : pattern.AsText())];
    }

    private static ScheduleModel? ReadSchedule(TemplateResource resource, string name, PropertyReader properties)
    {
        properties.Find("Name");
        properties.Find("Description");
        if (properties.Find("ScheduleExpression") is not { } expression)
        {
            return null;
        }

        // SAM's Schedule event has Enabled and Input; CloudFormation's rule has State and Targets.
        var isEnabled = properties.Text("State") is { } state ? state == "ENABLED" : properties.Boolean("Enabled", true);
        List<KeyValuePair<string, string?>> targets = [];
        if (properties.Text("FunctionName") is { } function)
        {
            targets.Add(new(function, properties.Text("Input")));
        }

        foreach (var target in properties.List("Targets").Select(item => item.AsMap()))
        {
            if (target["Arn"].AsText().Split(':') is [_, _, "lambda", ..])
            {
                targets.Add(new(target["Arn"].AsText(), target.Find("Input")?.AsText()));
            }
        }

        return new ScheduleModel(resource.LogicalId, name, expression.AsText(), isEnabled, targets);
    }
}
