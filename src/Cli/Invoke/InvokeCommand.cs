using System.CommandLine;
using System.Text;
using System.Text.Json;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Deployment;
using Analytics.Cli.Shared.Targets;
using Analytics.Local;

namespace Analytics.Cli.Invoke;

/// <summary><c>analytics invoke</c>: one function with one event.</summary>
internal static class InvokeCommand
{
    private const string StandardInput = "-";
    private const int MaxEventBytes = 6 * 1024 * 1024;

    public static Command Create(CommandContext context)
    {
        var deployment = new DeploymentOptions();
        var function = new Argument<string>("function") { Description = "The function, by its logical id in the template: Archive, Counters, ..." };
        var file = new Argument<string>("file") { Description = "A file with the event as JSON, such as those in events/, or - for standard input." };
        var stack = Pipeline.StackOption();
        var command = new Command("invoke", "Invoke one function with one event, in the pipeline that runs on this machine (or one started for it), or in a stack on AWS, and print its answer.");
        command.Arguments.Add(function);
        command.Arguments.Add(file);
        command.Options.Add(stack);
        deployment.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var payload = Read(parsed.GetValue(file)!, context);
            var name = parsed.GetValue(function)!;
            var answer = parsed.GetValue(stack) is null && LocalState.FindRunning(context.WorkFolder) is null
                ? await InvokeOnceAsync(deployment.Read(parsed, context), name, payload, context, cancellationToken)
                : await InvokeAsync(parsed.GetValue(stack), name, payload, context, cancellationToken);
            await context.Terminal.Out.WriteLineAsync(Encoding.UTF8.GetString(answer.Payload.Span));
            if (answer.Error is null)
            {
                return ExitCode.Success;
            }

            context.Terminal.Fail($"{name} failed ({answer.Error}); its answer is above. {answer.Log}");
            return ExitCode.Failure;
        });
        return command;
    }

    private static async Task<FunctionAnswer> InvokeAsync(
        string? stack, string function, ReadOnlyMemory<byte> payload, CommandContext context, CancellationToken cancellationToken)
    {
        using var pipeline = await Pipeline.FindAsync(stack, context, cancellationToken);
        return await RemoteFunction.InvokeAsync(pipeline, function, payload, cancellationToken);
    }

    private static async Task<FunctionAnswer> InvokeOnceAsync(
        LocalDeploymentOptions options, string function, ReadOnlyMemory<byte> payload, CommandContext context, CancellationToken cancellationToken)
    {
        var functions = await LocalDeployment.ReadFunctionsAsync(options);
        if (!functions.Any(one => one.Key == function || one.Value == function))
        {
            throw new UserException($"there is no function {function} in {options.TemplateFile}: there are {string.Join(", ", functions.Select(one => one.Key))}.");
        }

        await using var deployment = await context.Terminal.StageAsync(
            "Starting the pipeline", null, _ => LocalDeployment.StartAsync(options, cancellationToken));
        var result = await deployment.InvokeAsync(function, payload, cancellationToken);
        var log = deployment.Functions.First(one => one.LogicalId == function || one.Name == function).LogFile;
        return new FunctionAnswer(result.Payload, result.FunctionError, $"Its log is {log}.");
    }

    private static byte[] Read(string file, CommandContext context)
    {
        var name = file == StandardInput ? "standard input" : file;
        byte[] bytes;
        try
        {
            using var stream = file == StandardInput ? context.StandardInput() : File.OpenRead(context.PathOf(file));
            using var content = new MemoryStream();
            stream.CopyTo(content);
            bytes = content.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{name} cannot be read: {e.Message} Name a file with an event, such as events/flat-snake-case.json.", e);
        }

        if (bytes.Length > MaxEventBytes)
        {
            throw new UserException($"{name} is larger than an event may be (6 MB). Send fewer records.");
        }

        try
        {
            using var json = JsonDocument.Parse(bytes);
            return bytes;
        }
        catch (JsonException e)
        {
            throw new UserException($"{name} is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}. Name a file with an event, such as events/flat-snake-case.json.", e);
        }
    }
}
