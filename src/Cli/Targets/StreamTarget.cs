using Amazon.CloudFormation;
using Amazon.Kinesis;

namespace Analytics.Cli.Targets;

/// <summary>A stream to send to: of a stack on AWS, by its name, or of the pipeline that runs on this machine.</summary>
internal sealed class StreamTarget : IDisposable
{
    private StreamTarget(IAmazonKinesis client, string streamName)
    {
        Client = client;
        StreamName = streamName;
    }

    public IAmazonKinesis Client { get; }

    public string StreamName { get; }

    /// <summary>Finds the stream.</summary>
    /// <param name="stack">A stack on AWS, or null.</param>
    /// <param name="stream">A stream's name, or null for that of the stack or of the local pipeline.</param>
    /// <param name="context">Tells where a local pipeline leaves its state.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="UserException">There is none.</exception>
    public static async Task<StreamTarget> FindAsync(string? stack, string? stream, CommandContext context, CancellationToken cancellationToken)
    {
        if (stack is not null)
        {
            return new StreamTarget(AwsClients.Create(() => new AmazonKinesisClient()), stream ?? await StreamOfAsync(stack, cancellationToken));
        }

        if (LocalState.FindRunning(context.WorkFolder) is { } local)
        {
            var name = stream ?? local.Resources.GetValueOrDefault(ResourceNames.Stream)
                ?? throw new UserException($"the template that runs here has no stream {ResourceNames.Stream}; name one with --stream.");
            return new StreamTarget(new AmazonKinesisClient(LocalClients.Credentials, LocalClients.Configure(local, "kinesis", new AmazonKinesisConfig())), name);
        }

        return stream is not null
            ? new StreamTarget(AwsClients.Create(() => new AmazonKinesisClient()), stream)
            : throw new UserException($"no pipeline runs on this machine ({LocalState.PathIn(context.WorkFolder)} names none); start one with `analytics up`, or name a stack on AWS with --stack.");
    }

    public void Dispose() => Client.Dispose();

    private static async Task<string> StreamOfAsync(string stack, CancellationToken cancellationToken)
    {
        using var cloudFormation = AwsClients.Create(() => new AmazonCloudFormationClient());
        var resources = await StackLookup.ResourcesAsync(cloudFormation, stack, cancellationToken);
        return resources.GetValueOrDefault(ResourceNames.Stream)?.PhysicalResourceId
            ?? throw new UserException($"the stack {stack} has no stream {ResourceNames.Stream}; name one with --stream.");
    }
}
