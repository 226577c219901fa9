using System.CommandLine;
using System.Text;
using System.Text.Json;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Deployment;
using Analytics.Cli.Shared.Targets;
using Analytics.Local.Deployment;

namespace Analytics.Cli.Invoke;

/// <summary><c>analytics invoke</c>: invokes a function with an event.</summary>
internal static class InvokeCommand
{
    private const string StandardInput = "-";
    private const int MaxEventBytes = 6 * 1024 * 1024;

    public static Command Create(CommandContext context)
    {
        var deployment = new DeploymentOptions();
        var function = new Argument<string>("function") { Description = "The function's logical ID in the template: Archive, Counters, ..." };
        var file = new Argument<string>("file") { Description = "JSON file with the event, such as those in events/, or - for standard input." };
        var stack = Pipeline.StackOption();
        var command = new Verb(
            "invoke",
            "Invoke a function with an event and print its response.",
            "analytics invoke Archive events/retail.json",
            "analytics invoke Counters - --stack analytics");
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

            context.Terminal.Fail($"{name} failed ({answer.Error}); its response is above. {answer.Log}");
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
            throw new UserException($"there is no function {function} in {options.TemplateFile}. Its functions are {string.Join(", ", functions.Select(one => one.Key))}.");
        }

        await using var deployment = await context.Terminal.StageAsync(
            "Starting the pipeline", null, _ => LocalDeployment.StartAsync(options, cancellationToken));
        var result = await deployment.InvokeAsync(function, payload, cancellationToken);
        var log = deployment.Functions.First(one => one.LogicalId == function || one.Name == function).LogFile;
        return new FunctionAnswer(result.Payload, result.FunctionError, $"Log: {log}.");
    }

    private static byte[] Read(string file, CommandContext context)
    {
        var name = file == StandardInput ? "standard input" : file;
        byte[] bytes;
        try
        {
            using var stream = file == StandardInput ? context.StandardInput() : File.OpenRead(context.GetFullPath(file));
            using var content = new MemoryStream();
            stream.CopyTo(content);
            bytes = content.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{name} cannot be read: {e.Message} Use a file with an event, such as events/flat-snake-case.json.", e);
        }

        if (bytes.Length > MaxEventBytes)
        {
            throw new UserException($"{name} exceeds the maximum event size of 6 MB. Send fewer records.");
        }

        try
        {
            using var json = JsonDocument.Parse(bytes);
            return bytes;
        }
        catch (JsonException e)
        {
            throw new UserException($"{name} is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}. Use a file with an event, such as events/flat-snake-case.json.", e);
        }
    }
}
