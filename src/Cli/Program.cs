using Analytics.Cli;
using Analytics.Cli.Presentation;

return await CommandLine.RunAsync(args, new CommandContext(Terminal.OfProcess(), TimeProvider.System, Environment.CurrentDirectory));
