namespace Amazon.Lambda.Core;

/// <summary>The context of an invocation.</summary>
public interface ILambdaContext
{
    /// <summary>The request's identifier; a retry of an unchanged stream batch keeps it.</summary>
    string AwsRequestId { get; }

    /// <summary>The calling client, when the AWS Mobile SDK invoked the function.</summary>
    IClientContext ClientContext { get; }

    /// <summary>The function's name.</summary>
    string FunctionName { get; }

    /// <summary>The function's version, <c>$LATEST</c> or a number.</summary>
    string FunctionVersion { get; }

    /// <summary>The Cognito identity, when the AWS Mobile SDK invoked the function.</summary>
    ICognitoIdentity Identity { get; }

    /// <summary>The ARN with which the function was invoked.</summary>
    string InvokedFunctionArn { get; }

    /// <summary>Writes to the function's log.</summary>
    ILambdaLogger Logger { get; }

    /// <summary>The CloudWatch log group.</summary>
    string LogGroupName { get; }

    /// <summary>The CloudWatch log stream.</summary>
    string LogStreamName { get; }

    /// <summary>The function's memory in MB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>The time left until the function's deadline.</summary>
    TimeSpan RemainingTime { get; }

    /// <summary>The X-Ray trace header of the invocation.</summary>
    string TraceId { get; }
}
