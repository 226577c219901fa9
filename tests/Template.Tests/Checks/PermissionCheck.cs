namespace Analytics.Template.Tests.Checks;

/// <summary>A role allows exactly its function's calls and the calls that Lambda makes for it.</summary>
internal static class PermissionCheck
{
    /// <summary>Permissions of the event source mapping and its destination; see the Lambda developer guide, "Using Lambda to process records from Amazon Kinesis Data Streams".</summary>
    private static readonly string[] OfAMapping =
    [
        "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards",
        "kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard", "sqs:SendMessage",
    ];

    /// <summary>Permissions for logging, tracing and the network interfaces of a function in a VPC (the AWS managed AWSLambdaVPCAccessExecutionRole).</summary>
    private static readonly string[] OfAFunction =
    [
        "logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTelemetryRecords", "xray:PutTraceSegments",
        "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
    ];

    /// <summary>Actions whose name differs from the operation that needs them.</summary>
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["lambda:Invoke"] = "lambda:InvokeFunction",
        ["s3:DeleteObjects"] = "s3:DeleteObject",
        ["s3:ListObjectsV2"] = "s3:ListBucket",
        ["sns:PublishBatch"] = "sns:Publish",
        ["sqs:DeleteMessageBatch"] = "sqs:DeleteMessage",
    };

    /// <summary>The IAM action that an operation needs.</summary>
    public static string Action(string operation) => Renamed.GetValueOrDefault(operation, operation);

    /// <summary>The findings for a function whose code calls some operations.</summary>
    public static IEnumerable<string> Findings(StackTemplate template, string function, IReadOnlySet<string> operations)
    {
        var role = template[Nodes.Target(template[function].Properties["Role"])!];
        var managed = role.All("ManagedPolicyArns").SelectMany(list => list!.AsArray()).Select(Nodes.Target).OfType<string>().Distinct();
        var called = operations.Select(Action).ToHashSet();
        string[] needed = template.StreamFunctions.Any(reader => reader.LogicalId == function) ? [.. OfAMapping, .. OfAFunction] : OfAFunction;
        var own = Allowed(template, role.LogicalId);
        var all = managed.SelectMany(policy => Allowed(template, policy)).Concat(own).ToHashSet();
        return called.Concat(needed).Except(all).Select(action => $"{function}: its role does not allow {action}")
            .Concat(own.Except(called).Except(needed).Where(action => !action.StartsWith("kms:", StringComparison.Ordinal))
                .Select(action => $"{function}: its role allows {action}, which nothing calls"));
    }

    /// <summary>The findings for the operators' policy, given the command's calls.</summary>
    public static IEnumerable<string> OperatorFindings(StackTemplate template, IReadOnlySet<string> operations) =>
        operations.Select(Action).Except(Allowed(template, "OperatorPolicy")).Select(action => $"OperatorPolicy: does not allow {action}");

    private static HashSet<string> Allowed(StackTemplate template, string holder) =>
        [.. PolicyCheck.IdentityStatements(template).Where(held => held.Resource.LogicalId == holder && (string?)held.Statement["Effect"] == "Allow")
            .SelectMany(held => Nodes.Texts(held.Statement["Action"]))];
}
