using Amazon.Kinesis;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;

namespace Analytics.Cli.Shared.Sending;

/// <summary>The stream to send to or read: of a stack on AWS, given by name, or of the local pipeline.</summary>
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
    /// <param name="stream">The stream's name, or null for the stream of the stack or of the local pipeline.</param>
    /// <param name="context">The environment of the command, where a local pipeline stores its state.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="UserException">There is no such stream.</exception>
    public static async Task<StreamTarget> FindAsync(string? stack, string? stream, CommandContext context, CancellationToken cancellationToken)
    {
        if (stack is null && stream is not null && LocalState.FindRunning(context.WorkFolder) is null)
        {
            var client = StackClients.Create(() => new AmazonKinesisClient());
            return new StreamTarget(client, stream, client);
        }

        var pipeline = await Pipeline.FindAsync(stack, context, cancellationToken);
        var name = stream ?? pipeline.FindResource(ResourceNames.Stream)
            ?? throw new UserException($"{pipeline.Title} has no stream {ResourceNames.Stream}. Specify one with --stream.");
        return new StreamTarget(pipeline.Kinesis, name, pipeline);
    }

    public void Dispose() => _owner.Dispose();
}
