using System.CommandLine;
using System.Globalization;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Files;
using Analytics.Cli.Shared.Targets;
using Analytics.Dashboard;
using Analytics.Events.Definitions;

namespace Analytics.Cli.Shared.LivePage;

/// <summary>The settings of the live page shared by <c>up</c> and <c>dashboard</c>.</summary>
internal static class LivePageOptions
{
    /// <summary>Creates the option for the live page's port.</summary>
    public static Option<int> PortOption()
    {
        var port = new Option<int>("--dashboard-port")
        {
            Description = "Port of the live page on 127.0.0.1. Default: a free port.",
            HelpName = "PORT",
            DefaultValueFactory = _ => 0,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && long.TryParse(token.Value, CultureInfo.InvariantCulture, out var given) && given is < 1 or > 65_535)
            {
                result.AddError("--dashboard-port must be from 1 to 65535.");
            }
        });
        return port;
    }

    /// <summary>Returns the logical IDs of the resources that the page shows.</summary>
    /// <param name="stream">The stream's logical ID, if it is not the default one.</param>
    public static DashboardResources Resources(string? stream = null) => new(
        stream ?? ResourceNames.Stream,
        ResourceNames.ArchiveBucket,
        ResourceNames.ArchiveFunction,
        ResourceNames.CountersTable,
        ResourceNames.CountersFunction,
        ResourceNames.AlertsTopic,
        ResourceNames.FailuresQueue);

    /// <summary>Loads the definitions of the counters to show.</summary>
    public static Definitions FindDefinitions(CommandContext context) => DefinitionsFile.Load(context.TemplateFile);
}
