using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Analytics.EndToEnd.Tests;

/// <summary>The services of a running <c>analytics up</c>, called over plain HTTP.</summary>
internal sealed class LocalServices : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly JsonElement _state;

    /// <param name="folder">The folder that the command runs in.</param>
    public LocalServices(string folder)
    {
        using var state = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, ".analytics/local.json")));
        _state = state.RootElement.Clone();
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The value of <c>Ref</c> for a resource of the template.</summary>
    public string Resource(string logicalId) => _state.GetProperty("resources").GetProperty(logicalId).GetString()!;

    /// <summary>Puts records of a text and a partition key, in order.</summary>
    public async Task PutRecordsAsync(string stream, IEnumerable<(string Data, string Key)> records)
    {
        var request = new JsonObject
        {
            ["StreamName"] = stream,
            ["Records"] = new JsonArray(
                [.. records.Select(record => new JsonObject { ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(record.Data)), ["PartitionKey"] = record.Key })]),
        };
        using var reply = await CallKinesisAsync("PutRecords", request);
        Assert.Equal(0, reply.RootElement.GetProperty("FailedRecordCount").GetInt32());
    }

    /// <summary>Reads a stream from its beginning: each record's shard, sequence number and bytes.</summary>
    public async IAsyncEnumerable<(string ShardId, string SequenceNumber, byte[] Data)> ReadStreamAsync(string stream)
    {
        using var shards = await CallKinesisAsync("ListShards", new JsonObject { ["StreamName"] = stream });
        foreach (var shard in shards.RootElement.GetProperty("Shards").EnumerateArray().Select(shard => shard.GetProperty("ShardId").GetString()!))
        {
            using var first = await CallKinesisAsync(
                "GetShardIterator", new JsonObject { ["StreamName"] = stream, ["ShardId"] = shard, ["ShardIteratorType"] = "TRIM_HORIZON" });
            var iterator = first.RootElement.GetProperty("ShardIterator").GetString();
            var isAtEnd = false;
            while (iterator is not null && !isAtEnd)
            {
                using var page = await CallKinesisAsync("GetRecords", new JsonObject { ["ShardIterator"] = iterator, ["Limit"] = 10_000 });
                var records = page.RootElement.GetProperty("Records");
                foreach (var record in records.EnumerateArray())
                {
                    yield return (shard, record.GetProperty("SequenceNumber").GetString()!, record.GetProperty("Data").GetBytesFromBase64());
                }

                isAtEnd = records.GetArrayLength() == 0;
                iterator = page.RootElement.TryGetProperty("NextShardIterator", out var next) ? next.GetString() : null;
            }
        }
    }

    /// <summary>Sends a message to a queue.</summary>
    public Task SendAsync(string queueUrl, string body) => CallAsync(
        "sqs", "AmazonSQS.SendMessage", "application/x-amz-json-1.0", new JsonObject { ["QueueUrl"] = queueUrl, ["MessageBody"] = body });

    /// <summary>The bodies of a queue's current messages.</summary>
    public async Task<IReadOnlyList<string>> ReceiveAsync(string queueUrl)
    {
        var request = new JsonObject { ["QueueUrl"] = queueUrl, ["MaxNumberOfMessages"] = 10, ["WaitTimeSeconds"] = 1 };
        using var reply = JsonDocument.Parse(await CallAsync("sqs", "AmazonSQS.ReceiveMessage", "application/x-amz-json-1.0", request));
        return reply.RootElement.TryGetProperty("Messages", out var messages)
            ? [.. messages.EnumerateArray().Select(message => message.GetProperty("Body").GetString()!)]
            : [];
    }

    /// <summary>Waits for a queue's first message.</summary>
    public async Task<string> ReceiveUntilAsync(string queueUrl, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            if (await ReceiveAsync(queueUrl) is [var message, ..])
            {
                return message;
            }

            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Creates a queue subscribed to a topic.</summary>
    public async Task SubscribeQueueAsync(string topicArn, string queueName)
    {
        await CallAsync("sqs", "AmazonSQS.CreateQueue", "application/x-amz-json-1.0", new JsonObject { ["QueueName"] = queueName });
        var attributes = new JsonObject { ["QueueUrl"] = await QueueUrlAsync(queueName), ["AttributeNames"] = new JsonArray("QueueArn") };
        using var queue = JsonDocument.Parse(await CallAsync("sqs", "AmazonSQS.GetQueueAttributes", "application/x-amz-json-1.0", attributes));
        using var request = Request("sns", HttpMethod.Post, "");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "Subscribe",
            ["Version"] = "2010-03-31",
            ["TopicArn"] = topicArn,
            ["Protocol"] = "sqs",
            ["Endpoint"] = queue.RootElement.GetProperty("Attributes").GetProperty("QueueArn").GetString()!,
        });
        using var reply = await _http.SendAsync(request);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
    }

    /// <summary>A queue's address.</summary>
    public async Task<string> QueueUrlAsync(string queueName)
    {
        using var reply = JsonDocument.Parse(
            await CallAsync("sqs", "AmazonSQS.GetQueueUrl", "application/x-amz-json-1.0", new JsonObject { ["QueueName"] = queueName }));
        return reply.RootElement.GetProperty("QueueUrl").GetString()!;
    }

    /// <summary>The list of a bucket's objects, as S3 gives it.</summary>
    public async Task<string> ListObjectsAsync(string bucket)
    {
        using var request = Request("s3", HttpMethod.Get, $"{bucket}?list-type=2");
        using var reply = await _http.SendAsync(request);
        return await reply.Content.ReadAsStringAsync();
    }

    /// <summary>Invokes a function directly.</summary>
    public async Task<(HttpStatusCode Status, string? FunctionError, string Payload)> InvokeAsync(string functionName, string payload)
    {
        using var request = Request("lambda", HttpMethod.Post, $"2015-03-31/functions/{functionName}/invocations");
        request.Content = new StringContent(payload);
        using var reply = await _http.SendAsync(request);
        var error = reply.Headers.TryGetValues("X-Amz-Function-Error", out var values) ? values.Single() : null;
        return (reply.StatusCode, error, await reply.Content.ReadAsStringAsync());
    }

    private async Task<JsonDocument> CallKinesisAsync(string operation, JsonObject request) =>
        JsonDocument.Parse(await CallAsync("kinesis", $"Kinesis_20131202.{operation}", "application/x-amz-json-1.1", request));

    private async Task<string> CallAsync(string service, string target, string contentType, JsonObject body)
    {
        using var request = Request(service, HttpMethod.Post, "");
        request.Headers.Add("X-Amz-Target", target);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8);
        request.Content.Headers.ContentType = new(contentType);
        using var reply = await _http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.IsSuccessStatusCode, text);
        return text;
    }

    private HttpRequestMessage Request(string service, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(new Uri(_state.GetProperty("endpoints").GetProperty(service).GetString()!), path));
        var time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.Add("X-Amz-Date", time);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=local/{time[..8]}/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=none");
        return request;
    }
}
