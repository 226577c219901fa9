using System.Text;
using System.Text.Json;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Analytics.Packages.Tests.Lambda;

public sealed class SourceGeneratorLambdaJsonSerializerTests
{
    private readonly SourceGeneratorLambdaJsonSerializer<TestJsonContext> _serializer = new();

    private static MemoryStream Visible(string json)
    {
        var bytes = Encoding.UTF8.GetBytes("xx" + json + "yy");
        return new MemoryStream(bytes, 2, bytes.Length - 4, writable: false, publiclyVisible: true);
    }

    private string Write<T>(T value)
    {
        using var stream = new MemoryStream();
        _serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Fact]
    public void VisibleBufferIsReadFromTheStreamPosition()
    {
        using var stream = Visible("  {\"Records\":[{\"kinesis\":{\"data\":\"AQ==\"}}]}");
        stream.Position = 2;

        var value = _serializer.Deserialize<KinesisEvent>(stream);

        Assert.Equal([1], Assert.Single(value.Records).Kinesis.Data.ToArray());
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void AnyOtherStreamIsReadAsWell()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("\"text\""));

        Assert.Equal("text", _serializer.Deserialize<string>(stream));
    }

    [Fact]
    public void ReadValuesDoNotDependOnTheBuffer()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"Records":[{"kinesis":{"data":"AQ==","partitionKey":"k","sequenceNumber":"5"},"eventID":"s:5"}]}""");
        using var stream = new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);
        var record = _serializer.Deserialize<KinesisEvent>(stream).Records[0];

        bytes.AsSpan().Clear();

        Assert.Equal("k", record.Kinesis.PartitionKey);
        Assert.Equal("5", record.Kinesis.SequenceNumber);
        Assert.Equal("s:5", record.EventId);
        Assert.Equal([1], record.Kinesis.Data.ToArray());
    }

    [Fact]
    public void NamesAreReadWithoutRegardToCaseAndWrittenAsDeclared()
    {
        Assert.Equal(new Order("7", 1.5m), _serializer.Deserialize<Order>(Visible("""{"orderid":"7","AMOUNT":1.5}""")));
        Assert.Equal("""{"OrderId":"7","Amount":1.5}""", Write(new Order("7", 1.5m)));
    }

    [Fact]
    public void MembersThatAreNullAreNotWritten() => Assert.Equal("""{"Amount":1}""", Write(new Order(null, 1)));

    [Fact]
    public void OptionsCanBeAdjusted()
    {
        var serializer = new SourceGeneratorLambdaJsonSerializer<TestJsonContext>(
            options => options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase);
        using var stream = new MemoryStream();

        serializer.Serialize(new Order("7", 1), stream);

        Assert.Equal("""{"orderId":"7","amount":1}""", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void UnreadableEventIsReportedWithItsType()
    {
        var exception = Assert.Throws<JsonSerializerException>(() => _serializer.Deserialize<KinesisEvent>(Visible("""{"Records":5}""")));

        Assert.Equal("The event cannot be read as KinesisEvent: Records is a Number where a StartArray was expected.", exception.Message);
        Assert.IsType<JsonException>(exception.InnerException, exactMatch: false);
    }

    [Fact]
    public void TypeUnknownToTheContextIsReported()
    {
        var exception = Assert.Throws<JsonSerializerException>(() => _serializer.Deserialize<Uri>(Visible("{}")));

        Assert.Equal("TestJsonContext does not know System.Uri: add [JsonSerializable(typeof(Uri))] to it.", exception.Message);
    }
}
