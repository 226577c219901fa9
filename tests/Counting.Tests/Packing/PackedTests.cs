using Analytics.Counting.Packing;

namespace Analytics.Counting.Tests.Packing;

public sealed class PackedTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(0x7F, "7F")]
    [InlineData(0x80, "8001")]
    [InlineData(0x3FFF, "FF7F")]
    [InlineData(ulong.MaxValue, "FFFFFFFFFFFFFFFFFF01")]
    public void ANumberHasSevenBitsInEachByte(ulong number, string hex)
    {
        var writer = new PackedWriter();
        writer.Number(number);

        Assert.Equal(hex, Convert.ToHexString(writer.ToArray()));
        Assert.Equal(hex.Length / 2, writer.Length);
        Assert.Equal(writer.ToArray(), writer.Written.ToArray());
        Assert.Equal(number, new PackedReader(writer.ToArray()).Number());
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(-64, "7F")]
    [InlineData(64, "8001")]
    [InlineData(long.MaxValue, "FEFFFFFFFFFFFFFFFF01")]
    [InlineData(long.MinValue, "FFFFFFFFFFFFFFFFFF01")]
    public void ASignedNumberIsInZigzag(long number, string hex)
    {
        var writer = new PackedWriter();
        writer.Signed(number);
        writer.Signed((Int128)number);

        Assert.Equal(hex + hex, Convert.ToHexString(writer.ToArray()));
        var reader = new PackedReader(writer.ToArray());
        Assert.Equal(number, reader.Signed());
        Assert.Equal((Int128)number, reader.SignedInt128());
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void TheLargestNumbersAreReadAsTheyWereWritten()
    {
        var writer = new PackedWriter();
        writer.Signed(Int128.MaxValue);
        writer.Signed(Int128.MinValue);
        decimal[] decimals = [0m, 0.00m, 1.5m, -1.5m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, -79228162514264.337593543950335m, 4294967296m, 18446744073709551616m];
        Array.ForEach(decimals, writer.Decimal);
        writer.Text("Zoë");
        writer.Text("");
        writer.Block([1, 2]);
        writer.Block([]);

        var reader = new PackedReader(writer.ToArray());
        Assert.Equal((Int128.MaxValue, Int128.MinValue), (reader.SignedInt128(), reader.SignedInt128()));
        foreach (var number in decimals)
        {
            Assert.Equal(decimal.GetBits(number), decimal.GetBits(reader.Decimal()));
        }

        Assert.Equal(("Zoë", ""), (reader.Text(), reader.Text()));
        Assert.Equal([1, 2], reader.Block().ToArray());
        Assert.False(reader.AtEnd);
        Assert.Equal([0], reader.Rest.ToArray());
        Assert.Empty(reader.Block().ToArray());
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData("number", "")]
    [InlineData("number", "80")]
    [InlineData("number", "FFFFFFFFFFFFFFFFFF02")]
    [InlineData("number", "FFFFFFFFFFFFFFFFFF8000")]
    [InlineData("signed", "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF04")]
    [InlineData("signed", "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF8000")]
    [InlineData("decimal", "1D02")]
    [InlineData("decimal", "0080808080808080808080808080C000")]
    [InlineData("text", "01FF")]
    [InlineData("text", "0241")]
    [InlineData("count", "0341")]
    [InlineData("bound", "0A")]
    [InlineData("bytes", "010203")]
    public void DamagedBytesAreAFormatException(string type, string hex) => Assert.Throws<FormatException>(() => Read(type, hex));

    [Theory]
    [InlineData("count", "0141")]
    [InlineData("bound", "09")]
    [InlineData("bytes", "01020304")]
    [InlineData("decimal", "1C02")]
    public void TheLargestAllowedValuesAreRead(string type, string hex) => Read(type, hex);

    private static void Read(string type, string hex)
    {
        var reader = new PackedReader(Convert.FromHexString(hex));
        switch (type)
        {
            case "number":
                _ = reader.Number();
                break;
            case "signed":
                _ = reader.SignedInt128();
                break;
            case "decimal":
                _ = reader.Decimal();
                break;
            case "text":
                _ = reader.Text();
                break;
            case "count":
                _ = reader.Count();
                break;
            case "bound":
                _ = reader.Number(9);
                break;
            default:
                _ = reader.Bytes(4);
                break;
        }
    }
}
