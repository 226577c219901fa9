using System.Text;

namespace Analytics.Streaming.Tests;

public sealed class XxHash64Tests
{
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void TextsHashAsPublished(string text, ulong hash) => Assert.Equal(hash, XxHash64.Compute(Encoding.UTF8.GetBytes(text)));

    /// <summary>The sanity buffer of the reference implementation, and its checksums without a seed: some published, the others computed by xxhash-wasm.</summary>
    [Theory]
    [InlineData(1, 0xE934A84ADB052768)]
    [InlineData(4, 0x9136A0DCA57457EE)]
    [InlineData(8, 0xCDBCF538E71D1348)]
    [InlineData(14, 0x8282DCC4994E35C8)]
    [InlineData(31, 0x299B39A290E6D783)]
    [InlineData(32, 0x18B216492BB44B70)]
    [InlineData(33, 0x55C8DC3E578F5B59)]
    [InlineData(40, 0x23B3810D7D8B1731)]
    [InlineData(64, 0xEF558F8ACAC2B5CD)]
    [InlineData(222, 0xB641AE8CB691C174)]
    public void TheSanityBufferHashesAsPublished(int length, ulong hash)
    {
        Assert.Equal(hash, XxHash64.Compute(SanityBuffer(length)));
    }

    private static byte[] SanityBuffer(int length)
    {
        var buffer = new byte[length];
        var generator = 2654435761UL;
        for (var index = 0; index < length; index++)
        {
            buffer[index] = (byte)(generator >> 56);
            generator *= 11400714785074694797;
        }

        return buffer;
    }

    [Theory]
    [InlineData(1, 0x5014607643A9B4C3)]
    [InlineData(14, 0xC3BD6BF63DEB6DF0)]
    [InlineData(222, 0x20CB8AB7AE10C14A)]
    public void TheSanityBufferHashesAsPublishedWithASeed(int length, ulong hash) => Assert.Equal(hash, XxHash64.Compute(SanityBuffer(length), 2654435761));
}
