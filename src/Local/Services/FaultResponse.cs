using System.Text;
using Microsoft.AspNetCore.Http;

namespace Analytics.Local.Services;

/// <summary>Writes errors in the protocol of each service, so that SDK clients handle them as on AWS.</summary>
internal static class FaultResponse
{
    /// <summary>Writes a throttling error.</summary>
    public static Task ThrottleAsync(HttpResponse response, AwsService service) => service switch
    {
        AwsService.Kinesis or AwsService.DynamoDB => JsonAsync(response, 400, "ProvisionedThroughputExceededException", "Rate exceeded"),
        AwsService.Sqs => JsonAsync(response, 400, "ThrottlingException", "Rate exceeded"),
        AwsService.Sns => QueryAsync(response, 400, "Throttled", "Rate exceeded"),
        _ => ObjectAsync(response, 503, "SlowDown", "Please reduce your request rate."),
    };

    /// <summary>Writes an internal error.</summary>
    public static Task ServerErrorAsync(HttpResponse response, AwsService service) => service switch
    {
        AwsService.Kinesis or AwsService.Sqs => JsonAsync(response, 500, "InternalFailure", "Internal failure"),
        AwsService.DynamoDB => JsonAsync(response, 500, "InternalServerError", "Internal server error"),
        AwsService.Sns => QueryAsync(response, 500, "InternalFailure", "Internal failure"),
        _ => ObjectAsync(response, 500, "InternalError", "We encountered an internal error. Please try again."),
    };

    /// <summary>Writes an error for a request to a service that this deployment does not have.</summary>
    public static Task UnknownServiceAsync(HttpResponse response) => JsonAsync(
        response, 501, "NotImplementedException",
        "the local run has Kinesis, DynamoDB, S3, SNS and SQS: set AWS_ENDPOINT_URL_<SERVICE> of the function for another");

    private static Task JsonAsync(HttpResponse response, int status, string code, string message) =>
        WriteAsync(response, status, "application/x-amz-json-1.0", $$"""{"__type":"{{code}}","message":"{{message}}"}""");

    private static Task QueryAsync(HttpResponse response, int status, string code, string message) =>
        WriteAsync(response, status, "text/xml",
            $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>");

    private static Task ObjectAsync(HttpResponse response, int status, string code, string message) =>
        WriteAsync(response, status, "application/xml", $"<Error><Code>{code}</Code><Message>{message}</Message></Error>");

    private static async Task WriteAsync(HttpResponse response, int status, string contentType, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes);
    }
}
