using Analytics.Cli.Shared.Faults;
using Analytics.Cli.Shared.Output;
using Analytics.Local.Faults;

namespace Analytics.Cli.Tests.Shared.Faults;

public sealed class FaultTextTests
{
    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Fact]
    public void ActualFaultsAreListedBesidePlannedOnes()
    {
        Print(new FaultCount(FaultKind.KillBefore, 3, 3), new FaultCount(FaultKind.LostReply, 1_000, 1_000));

        Assert.Equal(
            """
            Fault        Planned  Injected
            kill-before        3         3
            lost-reply     1,000     1,000

            """,
            _output.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void FaultsWithoutALineAreReportedWithAdvice()
    {
        Print(new FaultCount(FaultKind.Split, 2, 1), new FaultCount(FaultKind.Delay, 5, 3));

        Assert.EndsWith("3 faults could not be injected: send more.\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutFaultsNothingIsPrinted()
    {
        Print();

        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void ThePlanIsOneLine() =>
        Assert.Equal("2 timeout, 1,500 throttle", FaultText.Planned([new FaultCount(FaultKind.Timeout, 2, 0), new FaultCount(FaultKind.Throttle, 1_500, 0)]));

    private void Print(params FaultCount[] faults) =>
        FaultText.Print(faults, new Terminal(_output, TextWriter.Null, isOutputInteractive: false, isErrorInteractive: false), "send more");
}
