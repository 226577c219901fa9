using Analytics.Local.Faults;

namespace Analytics.Local.Tests.Faults;

public sealed class FaultSpecTests
{
    [Fact]
    public void NamesAndNumbersAreRead()
    {
        var spec = FaultSpec.Parse("seed=7, throttle=10,lost-reply=3,split=2");

        Assert.Equal(7, spec.Seed);
        Assert.Equal((10, 3, 2, 0), (spec[FaultKind.Throttle], spec[FaultKind.LostReply], spec[FaultKind.Split], spec[FaultKind.Merge]));
    }

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(5, 2, 2, 1)]
    [InlineData(9, 3, 3, 3)]
    public void KillsAreSharedOutBeforeDuringAndAfterTheCommit(int kills, int before, int during, int after)
    {
        var spec = FaultSpec.Parse($"kill={kills}");

        Assert.Equal((before, during, after), (spec[FaultKind.KillBefore], spec[FaultKind.KillDuring], spec[FaultKind.KillAfter]));
    }

    [Fact]
    public void EveryKindHasAName()
    {
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            Assert.Equal(4, FaultSpec.Parse($"{FaultSpec.GetName(kind)}=4")[kind]);
        }
    }

    [Theory]
    [InlineData("", "'' specifies no faults")]
    [InlineData("seed=3", "'seed=3' specifies no faults")]
    [InlineData("kill", "must have the form name=number")]
    [InlineData("kill=-1", "must have the form name=number")]
    [InlineData("kill=1000001", "with a number up to 1000000")]
    [InlineData("explode=1", "there is no fault 'explode'; use seed, kill, kill-before")]
    [InlineData("kill=1,kill=2", "contain kill twice")]
    public void AnythingElseIsOneLine(string text, string message)
    {
        var error = Assert.Throws<LocalDeploymentException>(() => FaultSpec.Parse(text));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
