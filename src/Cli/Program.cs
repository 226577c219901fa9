using Analytics.Cli;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;

return await CommandLine.RunAsync(args, new CommandContext(Terminal.OfProcess(), TimeProvider.System, Environment.CurrentDirectory));
