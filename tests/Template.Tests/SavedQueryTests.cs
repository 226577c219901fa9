using System.Text.RegularExpressions;

namespace Analytics.Template.Tests;

/// <summary>The saved query <c>errors</c> finds the log lines of failures, from functions and from Lambda.</summary>
public sealed partial class SavedQueryTests
{
    private static readonly string Query = (string)StackTemplate.Shipped["ErrorsQuery"].Properties["QueryString"]!;

    [Theory]
    [InlineData("2026-11-21T12:00:00.000Z 5f0c2f5e-0000-0000-0000-000000000000 Task timed out after 60.06 seconds", true)]
    [InlineData("RequestId: 5f0c2f5e Error: Runtime exited with error: signal: killed\nRuntime.ExitError", true)]
    [InlineData("RequestId: 5f0c2f5e Error: Runtime exited without providing a reason\nRuntime.ExitError", true)]
    [InlineData("INIT_REPORT Init Duration: 10004.56 ms\tPhase: init\tStatus: timeout", true)]
    [InlineData("INIT_REPORT Init Duration: 12.34 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError", true)]
    [InlineData("REPORT RequestId: 5f0c2f5e\tDuration: 60000.00 ms\tBilled Duration: 60000 ms\tMemory Size: 512 MB\tMax Memory Used: 61 MB\tStatus: timeout", true)]
    [InlineData("Unhandled exception. System.OutOfMemoryException", true)]
    [InlineData("REPORT RequestId: 5f0c2f5e\tDuration: 12.00 ms\tBilled Duration: 12 ms\tMemory Size: 512 MB\tMax Memory Used: 61 MB\tInit Duration: 9.00 ms", false)]
    [InlineData("START RequestId: 5f0c2f5e Version: $LATEST", false)]
    [InlineData("""{"level":"Information","message":"Counted 100 records"}""", false)]
    public void FailureLinesOfLambdaAreFoundAndNoOthers(string line, bool isFound) =>
        Assert.Equal(isFound, Regex.IsMatch(line, LikePattern().Match(Query).Groups[1].Value));

    [Fact]
    public void FunctionLinesAreFoundByLevelAndShownWithTheFailure()
    {
        Assert.Contains("""level in ["Error", "Critical", "Warning"]""", Query, StringComparison.Ordinal);
        Assert.Contains("exception.message", Query, StringComparison.Ordinal);
        Assert.Contains("@message", Query.Split('|')[0], StringComparison.Ordinal);
    }

    [GeneratedRegex("@message like /(.+)/")]
    private static partial Regex LikePattern();
}
