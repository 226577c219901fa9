using FsCheck;
using FsCheck.Fluent;

namespace Analytics.Archive.Tests;

public sealed class PooledStreamTests
{
    [Fact]
    public void OutputWrittenInPiecesIsReadFromAnyPosition()
    {
        var pieces = Gen.Choose(0, 40_000).Select(length => new byte[length]).ListOf().ToArbitrary();
        Prop.ForAll(pieces, ArbMap.Default.ArbFor<int>(), (written, seed) =>
        {
            var random = new Random(seed);
            using var stream = new PooledStream();
            var expected = new List<byte>();
            foreach (var piece in written)
            {
                random.NextBytes(piece);
                stream.Write(piece);
                expected.AddRange(piece);
            }

            var start = random.Next(expected.Count + 1);
            stream.Position = start;
            using var read = new MemoryStream();
            stream.CopyTo(read);
            var same = stream.Length == expected.Count && read.ToArray().SequenceEqual(expected.Skip(start));
            stream.Free();
            return same;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ItIsReadAgainAfterItWasClosedAsAClientDoes()
    {
        var stream = new PooledStream();
        stream.Write([1, 2, 3]);
        stream.Dispose();
        stream.Position = 0;

        Assert.Equal(1, stream.ReadByte());
        stream.Free();
        Assert.Equal(0, stream.Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void APositionOutsideOfItIsRejected(long position)
    {
        using var stream = new PooledStream();
        stream.Write([1, 2, 3]);

        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Position = position);
        stream.Free();
    }
}
