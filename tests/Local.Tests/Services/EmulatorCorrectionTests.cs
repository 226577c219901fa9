using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;

namespace Analytics.Local.Tests.Services;

/// <summary>Deviations of the emulators that start.js corrects.</summary>
[Collection(EmulatorTests.Name)]
public sealed class EmulatorCorrectionTests(EmulatorFixture emulators) : IDisposable
{
    private readonly IAmazonS3 _s3 = emulators.Endpoints.CreateS3();
    private readonly IAmazonDynamoDB _dynamoDb = emulators.Endpoints.CreateDynamoDB();

    public void Dispose()
    {
        _s3.Dispose();
        _dynamoDb.Dispose();
    }

    private async Task<string> BucketAsync()
    {
        var bucket = $"bucket-{Guid.NewGuid():N}";
        await _s3.PutBucketAsync(bucket);
        return bucket;
    }

    private async Task<string> ReadAsync(string bucket, string key)
    {
        using var reply = await _s3.GetObjectAsync(bucket, key);
        return await new StreamReader(reply.ResponseStream).ReadToEndAsync();
    }

    [Fact]
    public async Task ConditionalPutDoesNotReplaceAnExistingObject()
    {
        var bucket = await BucketAsync();
        PutObjectRequest Request(string body) => new() { BucketName = bucket, Key = "a/b", ContentBody = body, IfNoneMatch = "*" };
        await _s3.PutObjectAsync(Request("first"));

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.PutObjectAsync(Request("second")));

        Assert.Equal((HttpStatusCode.PreconditionFailed, "PreconditionFailed"), (error.StatusCode, error.ErrorCode));
        Assert.Equal("first", await ReadAsync(bucket, "a/b"));
    }

    [Fact]
    public async Task OfManyConditionalPutsOneSucceeds()
    {
        var bucket = await BucketAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            try
            {
                await _s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "k", ContentBody = $"{number}", IfNoneMatch = "*" });
                return number;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return -1;
            }
        }));

        Assert.Equal($"{Assert.Single(results, number => number >= 0)}", await ReadAsync(bucket, "k"));
    }

    [Fact]
    public async Task ASubResourceIsRejectedAndTheObjectStays()
    {
        var bucket = await BucketAsync();
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "k", ContentBody = "body" });

        var put = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.PutObjectTaggingAsync(
            new PutObjectTaggingRequest { BucketName = bucket, Key = "k", Tagging = new Tagging { TagSet = [new() { Key = "a", Value = "b" }] } }));
        var delete = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.DeleteObjectTaggingAsync(
            new DeleteObjectTaggingRequest { BucketName = bucket, Key = "k" }));
        var versioning = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.PutBucketVersioningAsync(
            new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new() { Status = VersionStatus.Enabled } }));

        Assert.All([put, delete, versioning], error => Assert.Equal("NotImplemented", error.ErrorCode));
        Assert.Equal("body", await ReadAsync(bucket, "k"));
    }

    [Fact]
    public async Task ContentEncodingIsPreserved()
    {
        var bucket = await BucketAsync();
        var request = new PutObjectRequest { BucketName = bucket, Key = "k.gz", InputStream = new MemoryStream([1, 2, 3]) };
        request.Headers.ContentEncoding = "gzip";
        await _s3.PutObjectAsync(request);
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "plain", ContentBody = "x" });

        using var reply = await _s3.GetObjectAsync(bucket, "k.gz");

        Assert.Equal("gzip", reply.Headers.ContentEncoding);
        Assert.Equal("gzip", (await _s3.GetObjectMetadataAsync(bucket, "k.gz")).Headers.ContentEncoding);
        Assert.True(string.IsNullOrEmpty((await _s3.GetObjectMetadataAsync(bucket, "plain")).Headers.ContentEncoding));
    }

    [Fact]
    public async Task FailedConditionReturnsTheItemOnRequest()
    {
        var table = $"table-{Guid.NewGuid():N}";
        await _dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new("pk", ScalarAttributeType.S)],
            KeySchema = [new("pk", KeyType.HASH)],
        });
        await _dynamoDb.PutItemAsync(table, new() { ["pk"] = new("k"), ["n"] = new() { N = "7" } });
        UpdateItemRequest Request(ReturnValuesOnConditionCheckFailure? returned) => new()
        {
            TableName = table,
            Key = new() { ["pk"] = new("k") },
            UpdateExpression = "SET n = :n",
            ConditionExpression = "n < :n",
            ExpressionAttributeValues = new() { [":n"] = new() { N = "3" } },
            ReturnValuesOnConditionCheckFailure = returned,
        };

        var withItem = await Assert.ThrowsAsync<ConditionalCheckFailedException>(
            () => _dynamoDb.UpdateItemAsync(Request(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        var without = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => _dynamoDb.UpdateItemAsync(Request(null)));

        Assert.Equal("7", withItem.Item["n"].N);
        Assert.True(without.Item is null or { Count: 0 });
    }
}
