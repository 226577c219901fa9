using Analytics.Performance.Documents;

namespace Analytics.Performance.Tests;

public sealed class DocumentTests
{
    [Fact]
    public void OnlyTheBlockIsReplaced()
    {
        const string Text = "before\n<!-- a -->\nold\n<!-- /a -->\nbetween\n<!-- b -->\n<!-- /b -->\n";

        Assert.Equal("before\n<!-- a -->\nnew\n<!-- /a -->\nbetween\n<!-- b -->\n<!-- /b -->\n", Document.Replace(Text, "a", "new\n"));
    }

    [Fact]
    public void ReplacingABlockTwiceIsLikeReplacingItOnce()
    {
        var once = Document.Replace("<!-- a -->\n<!-- /a -->\n", "a", "new");

        Assert.Equal(once, Document.Replace(once, "a", "new"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!-- a -->\nno end\n")]
    [InlineData("<!-- /a -->\n<!-- a -->\n")]
    public void AMissingBlockIsAnErrorThatNamesIt(string text) =>
        Assert.Contains("<!-- a -->", Assert.Throws<InvalidOperationException>(() => Document.Replace(text, "a", "new")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("docs/performance.md", "machine", "summary", "function-aims", "program-aims", "comparison", "starts", "programs")]
    [InlineData("README.md", "measurements")]
    public void TheDocumentsHaveTheBlocksWithResults(string path, params string[] blocks)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, path));
        foreach (var block in blocks)
        {
            Assert.NotEqual(text, Document.Replace(text, block, "new"));
            Assert.DoesNotContain($"<!-- {block} -->\n<!-- /{block} -->", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheReadmesMeasurementsAreThoseOfTheDocument()
    {
        // Both are written by one run; a number edited in one of them is found.
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "performance.md"));
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var archive = new Analytics.Performance.Programs.BenchmarkProgram("docs/performance.md", document).GetFigure("the same and deserialize the event before", 3);

        Assert.Contains($"{archive:F2} times the time of gzip alone", readme, StringComparison.Ordinal);
    }
}
