using System.CommandLine;
using Amazon.CloudFormation;
using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Lambda;
using Amazon.S3;
using Amazon.SQS;
using Analytics.Cli.Shared.Commands;
using Analytics.Local.Services;

namespace Analytics.Cli.Shared.Targets;

/// <summary>The pipeline that a command works with: the one running on this machine, or a stack on AWS.</summary>
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
        _kinesis = Client<IAmazonKinesis>(() => new AmazonKinesisClient(), services => services.CreateKinesis());
        _dynamoDb = Client<IAmazonDynamoDB>(() => new AmazonDynamoDBClient(), services => services.CreateDynamoDB());
        _s3 = Client<IAmazonS3>(() => new AmazonS3Client(), services => services.CreateS3());
        _sqs = Client<IAmazonSQS>(() => new AmazonSQSClient(), services => services.CreateSqs());
        _lambda = Client<IAmazonLambda>(() => new AmazonLambdaClient(), services => new AmazonLambdaClient(
            services.Credentials,
            new AmazonLambdaConfig { ServiceURL = _local!.Endpoints[LocalState.LambdaEndpoint].AbsoluteUri, AuthenticationRegion = services.Region }));
    }

    /// <summary>The name used in messages.</summary>
    public string Title { get; }

    /// <summary>The names of its functions by logical ID.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; }

    public IAmazonKinesis Kinesis => _kinesis.Value;

    public IAmazonDynamoDB DynamoDb => _dynamoDb.Value;

    public IAmazonS3 S3 => _s3.Value;

    public IAmazonSQS Sqs => _sqs.Value;

    public IAmazonLambda Lambda => _lambda.Value;

    /// <summary>Creates the option <c>--stack</c>.</summary>
    public static Option<string?> StackOption() =>
        new("--stack") { Description = "A stack on AWS, instead of the pipeline running on this machine.", HelpName = "NAME" };

    /// <summary>Finds the pipeline.</summary>
    /// <param name="stack">A stack on AWS, or null for the pipeline running on this machine.</param>
    /// <param name="context">The environment of the command, where a local pipeline stores its state.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="UserException">There is no such pipeline.</exception>
    public static async Task<Pipeline> FindAsync(string? stack, CommandContext context, CancellationToken cancellationToken)
    {
        if (stack is not null)
        {
            using var cloudFormation = StackClients.Create(() => new AmazonCloudFormationClient());
            var found = (await StackLookup.ResourcesAsync(cloudFormation, stack, cancellationToken)).Values.Where(resource => resource.PhysicalResourceId is not null).ToList();
            return new Pipeline(
                $"the stack {stack}",
                null,
                found.ToDictionary(resource => resource.LogicalResourceId, resource => resource.PhysicalResourceId!, StringComparer.Ordinal),
                found.Where(resource => resource.ResourceType == FunctionType).ToDictionary(resource => resource.LogicalResourceId, resource => resource.PhysicalResourceId!, StringComparer.Ordinal));
        }

        return LocalState.FindRunning(context.WorkFolder) is { } local
            ? OfLocal(local)
            : throw new UserException($"no pipeline is running on this machine ({LocalState.PathIn(context.WorkFolder)} lists none). Start one with `analytics up`, or specify a stack on AWS with --stack.");
    }

    /// <summary>Returns the pipeline running on this machine.</summary>
    public static Pipeline OfLocal(LocalState local) =>
        new("the local pipeline", local, local.Resources, local.Functions.ToDictionary(id => id, id => local.Resources[id], StringComparer.Ordinal));

    /// <summary>Returns a resource's physical ID.</summary>
    /// <exception cref="UserException">The pipeline has no such resource.</exception>
    public string Resource(string logicalId) => FindResource(logicalId)
        ?? throw new UserException($"{Title} has no {logicalId}: its template does not define it, or a parameter disables it.");

    /// <summary>Returns a resource's physical ID, or null if the pipeline has no such resource.</summary>
    public string? FindResource(string logicalId) => _resources.GetValueOrDefault(logicalId);

    /// <summary>Returns the name of a function, given its logical ID or its name.</summary>
    /// <exception cref="UserException">The pipeline has no such function.</exception>
    public string FunctionName(string function) =>
        Functions.TryGetValue(function, out var name) ? name
        : Functions.Values.Contains(function, StringComparer.Ordinal) ? function
        : throw new UserException($"there is no function {function} in {Title}. Its functions are {string.Join(", ", Functions.Keys)}.");

    /// <summary>Returns a sentence with the location of a function's log.</summary>
    public string DescribeLog(string functionName) =>
        _local is null ? $"Its log group is /aws/lambda/{functionName} in CloudWatch Logs." : "Its log is in .analytics/logs.";

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

    private Lazy<T> Client<T>(Func<T> onAws, Func<ServiceEndpoints, T> onThisMachine) =>
        new(() => _local is null ? StackClients.Create(onAws) : onThisMachine(_local.GetServices()));
}
