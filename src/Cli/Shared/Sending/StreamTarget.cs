using Amazon.Kinesis;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Shared.Sending;

/// <summary>A stream to send to: of a stack on AWS, by its name, or of the pipeline that runs on this machine.</summary>
internal sealed class StreamTarget : IDisposable
{
    private readonly IDisposable _owner;

    private StreamTarget(IAmazonKinesis client, string streamName, IDisposable owner)
    {
        Client = client;
        StreamName = streamName;
        _owner = owner;
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
        if (stack is null && stream is not null && LocalState.FindRunning(context.WorkFolder) is null)
        {
            var client = AwsClients.Create(() => new AmazonKinesisClient());
            return new StreamTarget(client, stream, client);
        }

        var pipeline = await Pipeline.FindAsync(stack, context, cancellationToken);
        var name = stream ?? pipeline.FindResource(ResourceNames.Stream)
            ?? throw new UserException($"{pipeline.Title} has no stream {ResourceNames.Stream}; name one with --stream.");
        return new StreamTarget(pipeline.Kinesis, name, pipeline);
    }

    public void Dispose() => _owner.Dispose();
}
