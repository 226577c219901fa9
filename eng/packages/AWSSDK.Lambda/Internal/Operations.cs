using System.Net;
using System.Text.Json;
using Amazon.Lambda.Model;
using Amazon.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.Lambda.Internal;

/// <summary>Lambda's operations with their requests and responses, https://docs.aws.amazon.com/lambda/latest/api.</summary>
internal static class Operations
{
    public static readonly InvokeOptions Invoke = new()
    {
        RequestMarshaller = new InvokeMarshaller(),
        ResponseUnmarshaller = new InvokeUnmarshaller(),
    };

    public static readonly InvokeOptions GetFunctionConfiguration = new()
    {
        RequestMarshaller = new GetFunctionConfigurationMarshaller(),
        ResponseUnmarshaller = new GetFunctionConfigurationUnmarshaller(),
    };

    private static AmazonServiceException ToException(ErrorResponse e) => e.Code switch
    {
        "InvalidParameterValueException" =>
            new InvalidParameterValueException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidRequestContentException" =>
            new InvalidRequestContentException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "RequestTooLargeException" => new RequestTooLargeException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ResourceConflictException" => new ResourceConflictException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ResourceNotFoundException" => new ResourceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ServiceException" => new ServiceException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "TooManyRequestsException" => new TooManyRequestsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        _ => new AmazonLambdaException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
    };

    private sealed class InvokeMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var invocation = (InvokeRequest)input;
            if (string.IsNullOrEmpty(invocation.FunctionName))
            {
                throw new AmazonLambdaException("An invocation needs a FunctionName.");
            }

            var request = new DefaultRequest(input, "Amazon.Lambda")
            {
                HttpMethod = "POST",
                ResourcePath = "/2015-03-31/functions/{FunctionName}/invocations",
                Content = invocation.PayloadStream?.ToArray() ?? [],
            };
            request.AddPathResource("{FunctionName}", invocation.FunctionName);
            request.Headers[HeaderKeys.ContentTypeHeader] = "application/json";
            if (invocation.Qualifier is { } qualifier)
            {
                request.Parameters.Add("Qualifier", qualifier);
                request.UseQueryString = true;
            }

            SetHeader(request, "X-Amz-Invocation-Type", invocation.InvocationType);
            SetHeader(request, "X-Amz-Log-Type", invocation.LogType);
            SetHeader(request, "X-Amz-Client-Context", invocation.ClientContext);
            return request;
        }

        private static void SetHeader(DefaultRequest request, string name, string? value)
        {
            if (value is not null)
            {
                request.Headers[name] = value;
            }
        }
    }

    private sealed class InvokeUnmarshaller : JsonResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            var payload = new MemoryStream();
            input.Stream.CopyTo(payload);
            payload.Position = 0;
            return new InvokeResponse
            {
                StatusCode = (int)input.ResponseData.StatusCode,
                FunctionError = Header(input, "X-Amz-Function-Error"),
                LogResult = Header(input, "X-Amz-Log-Result"),
                ExecutedVersion = Header(input, "X-Amz-Executed-Version"),
                Payload = payload,
            };
        }

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
            ToException(JsonError.Read(input, innerException, statusCode));

        private static string? Header(JsonUnmarshallerContext input, string name) =>
            input.ResponseData.GetHeaderValue(name) is { Length: > 0 } value ? value : null;
    }

    private sealed class GetFunctionConfigurationMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var function = (GetFunctionConfigurationRequest)input;
            if (string.IsNullOrEmpty(function.FunctionName))
            {
                throw new AmazonLambdaException("The request needs a FunctionName.");
            }

            var request = new DefaultRequest(input, "Amazon.Lambda")
            {
                HttpMethod = "GET",
                ResourcePath = "/2015-03-31/functions/{FunctionName}/configuration",
            };
            request.AddPathResource("{FunctionName}", function.FunctionName);
            if (function.Qualifier is { } qualifier)
            {
                request.Parameters.Add("Qualifier", qualifier);
            }

            request.UseQueryString = true;
            return request;
        }
    }

    private sealed class GetFunctionConfigurationUnmarshaller : JsonResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            using var body = ResponseBody.Read(input.Stream, input.ResponseData.ContentLength);
            using var json = JsonDocument.Parse(body.Bytes);
            var function = json.RootElement;
            return new GetFunctionConfigurationResponse
            {
                FunctionName = function.Text("FunctionName"u8)!,
                MemorySize = function.Integer("MemorySize"u8),
                Timeout = function.Integer("Timeout"u8),
                LastModified = function.Text("LastModified"u8),
                State = function.Text("State"u8) is { } state ? new State(state) : null,
                StateReason = function.Text("StateReason"u8),
                LastUpdateStatus = function.Text("LastUpdateStatus"u8) is { } status ? new LastUpdateStatus(status) : null,
                Environment = function.Object("Environment"u8, static environment => new EnvironmentResponse
                {
                    Variables = environment.Map("Variables"u8, static variable => variable.GetString()!),
                }),
            };
        }

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
            ToException(JsonError.Read(input, innerException, statusCode));
    }
}
