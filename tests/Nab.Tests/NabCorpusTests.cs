using Analytics.Nab.Corpus;

namespace Analytics.Nab.Tests;

public sealed class NabCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void SeriesAreReadWithTheirWindows()
    {
        Write("""{"a/one.csv":[["2014-04-01 00:05:00.000000","2014-04-01 00:10:00.000000"]]}""");
        var series = Assert.Single(NabCorpus.Load(_folder.Path));
        Assert.Equal("a", series.Group);
        Assert.Equal([20.5, 0, -3], series.Values);
        Assert.Equal(new NabWindow(1, 2), Assert.Single(series.Windows));
    }

    [Fact]
    public void AWindowThatBeginsAtNoPointIsRejected()
    {
        Write("""{"a/one.csv":[["2014-04-01 00:06:00.000000","2014-04-01 00:10:00.000000"]]}""");
        Assert.Contains("a/one.csv", Assert.Throws<InvalidDataException>(() => NabCorpus.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string labels)
    {
        Directory.CreateDirectory(_folder.Combine("a"));
        _folder.File(NabCorpus.LabelsFile, labels);
        _folder.File("a/one.csv", "timestamp,value\n2014-04-01 00:00:00,20.5\n2014-04-01 00:05:00,0\n2014-04-01 00:10:00,-3\n");
    }
}
