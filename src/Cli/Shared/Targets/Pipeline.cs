using System.CommandLine;
using Amazon.CloudFormation;
using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Analytics.Cli.Shared.Commands;

namespace Analytics.Cli.Shared.Targets;

/// <summary>The pipeline that a command works on: the one that runs on this machine, or a stack on AWS.</summary>
internal sealed class Pipeline : IDisposable
{
    private const string FunctionType = "AWS::Lambda::Function";

    private readonly LocalState? _local;
    private readonly IReadOnlyDictionary<string, string> _resources;
    private readonly Lazy<IAmazonKinesis> _kinesis;
    private readonly Lazy<IAmazonDynamoDB> _dynamoDb;
    private readonly Lazy<IAmazonS3> _s3;
    private readonly Lazy<IAmazonSQS> _sqs;
    private readonly Lazy<IAmazonLambda> _lambda;

    private Pipeline(string title, LocalState? local, IReadOnlyDictionary<string, string> resources, IReadOnlyDictionary<string, string> functions)
    {
        Title = title;
        Functions = functions;
        _local = local;
        _resources = resources;
        _kinesis = Client<IAmazonKinesis>(() => new AmazonKinesisClient(), () => new AmazonKinesisClient(LocalClients.Credentials, Local("kinesis", new AmazonKinesisConfig())));
        _dynamoDb = Client<IAmazonDynamoDB>(() => new AmazonDynamoDBClient(), () => new AmazonDynamoDBClient(LocalClients.Credentials, Local("dynamodb", new AmazonDynamoDBConfig())));
        _s3 = Client<IAmazonS3>(() => new AmazonS3Client(), () => new AmazonS3Client(LocalClients.Credentials, Local("s3", new AmazonS3Config { ForcePathStyle = true })));
        _sqs = Client<IAmazonSQS>(() => new AmazonSQSClient(), () => new AmazonSQSClient(LocalClients.Credentials, Local("sqs", new AmazonSQSConfig())));
        _lambda = Client<IAmazonLambda>(() => new AmazonLambdaClient(), () => new AmazonLambdaClient(LocalClients.Credentials, Local("lambda", new AmazonLambdaConfig())));
    }

    /// <summary>What messages call it.</summary>
    public string Title { get; }

    /// <summary>The names of its functions, by logical id.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; }

    public IAmazonKinesis Kinesis => _kinesis.Value;

    public IAmazonDynamoDB DynamoDb => _dynamoDb.Value;

    public IAmazonS3 S3 => _s3.Value;

    public IAmazonSQS Sqs => _sqs.Value;

    public IAmazonLambda Lambda => _lambda.Value;

    /// <summary>The option <c>--stack</c>.</summary>
    public static Option<string?> StackOption() =>
        new("--stack") { Description = "A stack on AWS, instead of the pipeline that runs on this machine.", HelpName = "NAME" };

    /// <summary>Finds the pipeline.</summary>
    /// <param name="stack">A stack on AWS, or null for the pipeline that runs on this machine.</param>
    /// <param name="context">Tells where a local pipeline leaves its state.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="UserException">There is none.</exception>
    public static async Task<Pipeline> FindAsync(string? stack, CommandContext context, CancellationToken cancellationToken)
    {
        if (stack is not null)
        {
            using var cloudFormation = AwsClients.Create(() => new AmazonCloudFormationClient());
            var found = (await StackLookup.ResourcesAsync(cloudFormation, stack, cancellationToken)).Values.Where(resource => resource.PhysicalResourceId is not null).ToList();
            return new Pipeline(
                $"the stack {stack}",
                null,
                found.ToDictionary(resource => resource.LogicalResourceId, resource => resource.PhysicalResourceId!, StringComparer.Ordinal),
                found.Where(resource => resource.ResourceType == FunctionType).ToDictionary(resource => resource.LogicalResourceId, resource => resource.PhysicalResourceId!, StringComparer.Ordinal));
        }

        return LocalState.FindRunning(context.WorkFolder) is { } local
            ? OfLocal(local)
            : throw new UserException($"no pipeline runs on this machine ({LocalState.PathIn(context.WorkFolder)} names none); start one with `analytics up`, or name a stack on AWS with --stack.");
    }

    /// <summary>The pipeline that runs on this machine.</summary>
    public static Pipeline OfLocal(LocalState local) =>
        new("the pipeline that runs here", local, local.Resources, local.Functions.ToDictionary(id => id, id => local.Resources[id], StringComparer.Ordinal));

    /// <summary>A resource's physical id.</summary>
    /// <exception cref="UserException">The pipeline has no such resource.</exception>
    public string Resource(string logicalId) => FindResource(logicalId)
        ?? throw new UserException($"{Title} has no {logicalId}; the template that it was deployed from lacks it, or a parameter leaves it out.");

    /// <summary>A resource's physical id, or null when the pipeline has no such resource.</summary>
    public string? FindResource(string logicalId) => _resources.GetValueOrDefault(logicalId);

    /// <summary>The name of a function that the user named by its logical id or its name.</summary>
    /// <exception cref="UserException">The pipeline has no such function.</exception>
    public string FunctionName(string function) =>
        Functions.TryGetValue(function, out var name) ? name
        : Functions.Values.Contains(function, StringComparer.Ordinal) ? function
        : throw new UserException($"there is no function {function} in {Title}: there are {string.Join(", ", Functions.Keys)}.");

    /// <summary>A sentence on where a function's log is.</summary>
    public string LogOf(string functionName) =>
        _local is null ? $"Its log is the group /aws/lambda/{functionName} of CloudWatch Logs." : "Its log is in .analytics/logs.";

    public void Dispose()
    {
        Dispose(_kinesis);
        Dispose(_dynamoDb);
        Dispose(_s3);
        Dispose(_sqs);
        Dispose(_lambda);
    }

    private static void Dispose<T>(Lazy<T> client)
        where T : IDisposable
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }

    private Lazy<T> Client<T>(Func<T> onAws, Func<T> onThisMachine) => new(() => _local is null ? AwsClients.Create(onAws) : onThisMachine());

    private TConfig Local<TConfig>(string service, TConfig config)
        where TConfig : ClientConfig => LocalClients.Configure(_local!, service, config);
}
