using System.CommandLine;
using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Output;

namespace Analytics.Cli.Doctor;

/// <summary><c>analytics doctor</c>: checks this machine's prerequisites.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "Print one line of JSON per check." };
        var command = new Verb(
            "doctor",
            "Check this machine's prerequisites, such as SDK, Node.js, clang, ports, disk and credentials.",
            "analytics doctor",
            "analytics doctor --json")
        {
            json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var findings = await new Checks(new Machine(context.WorkFolder, context.TemplateFile)).RunAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                findings.ForEach(finding => context.Terminal.Out.WriteLine(Json(finding)));
            }
            else
            {
                Columns.Print(
                    context.Terminal,
                    ["Check", "State", "Found", "Action"],
                    [false, false, false, false],
                    findings.Select(finding => new[] { finding.Name, Word(finding.State), finding.Found, finding.Advice }));
            }

            return findings.Exists(finding => finding.State == FindingState.Missing) ? ExitCode.Failure : ExitCode.Success;
        });
        return command;
    }

    private static string Word(FindingState state) => state switch
    {
        FindingState.Good => "ok",
        FindingState.Optional => "optional",
        _ => "missing",
    };

    private static string Json(Finding finding) => JsonText.Write(JsonText.Line, json =>
    {
        json.WriteStartObject();
        json.WriteString("check", finding.Name);
        json.WriteString("state", Word(finding.State));
        json.WriteString("found", finding.Found);
        json.WriteString("advice", finding.Advice);
        json.WriteEndObject();
    });
}
