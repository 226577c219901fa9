using Amazon.Lambda.Core;

namespace Analytics.Benchmarks;

/// <summary>The context of an invocation that does not time out; other members are not supported.</summary>
internal sealed class UnlimitedContext : ILambdaContext
{
    public string AwsRequestId => "";

    public TimeSpan RemainingTime => TimeSpan.FromMinutes(15);

    public IClientContext ClientContext => throw new NotSupportedException();

    public string FunctionName => throw new NotSupportedException();

    public string FunctionVersion => throw new NotSupportedException();

    public ICognitoIdentity Identity => throw new NotSupportedException();

    public string InvokedFunctionArn => throw new NotSupportedException();

    public ILambdaLogger Logger => throw new NotSupportedException();

    public string LogGroupName => throw new NotSupportedException();

    public string LogStreamName => throw new NotSupportedException();

    public int MemoryLimitInMB => throw new NotSupportedException();

    public string TraceId => throw new NotSupportedException();
}
