using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NSubstitute;

namespace Analytics.Alerts.Tests;

/// <summary>A table in memory behind the two batch calls.</summary>
internal sealed class FakeTable
{
    public const string Name = "counters";

    public FakeTable()
    {
        Client.BatchWriteItemAsync(Arg.Any<BatchWriteItemRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            call.Arg<CancellationToken>().ThrowIfCancellationRequested();
            foreach (var item in call.Arg<BatchWriteItemRequest>().RequestItems[Name].Select(request => request.PutRequest.Item))
            {
                if (FailsToWrite(item) is { } exception)
                {
                    throw exception;
                }

                Items[item["pk"].S] = item;
            }

            return new BatchWriteItemResponse();
        });
        Client.BatchGetItemAsync(Arg.Any<BatchGetItemRequest>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var keys = call.Arg<BatchGetItemRequest>().RequestItems[Name].Keys;
            if (FailsToRead(keys) is { } exception)
            {
                throw exception;
            }

            return new BatchGetItemResponse
            {
                Responses = new Dictionary<string, List<Dictionary<string, AttributeValue>>>
                {
                    [Name] = [.. keys.Select(key => Items.GetValueOrDefault(key["pk"].S)).OfType<Dictionary<string, AttributeValue>>()],
                },
            };
        });
    }

    public IAmazonDynamoDB Client { get; } = Substitute.For<IAmazonDynamoDB>();

    public ConcurrentDictionary<string, Dictionary<string, AttributeValue>> Items { get; } = new();

    public Func<Dictionary<string, AttributeValue>, Exception?> FailsToWrite { get; set; } = _ => null;

    public Func<List<Dictionary<string, AttributeValue>>, Exception?> FailsToRead { get; set; } = _ => null;
}
