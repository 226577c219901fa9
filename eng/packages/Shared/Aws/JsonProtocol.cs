using System.Buffers;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.Protocols;

/// <summary>
/// A service with the AWS JSON protocol, https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html. An operation is a name, a
/// request writer and a response reader.
/// </summary>
/// <param name="serviceName">The service's name within the client library.</param>
/// <param name="targetPrefix">The prefix of the operation in the header X-Amz-Target.</param>
/// <param name="version">The protocol's version, <c>1.0</c> or <c>1.1</c>.</param>
/// <param name="toException">Converts an error to an exception of the service.</param>
internal sealed class JsonProtocol(
    string serviceName, string targetPrefix, string version, Func<ErrorResponse, AmazonServiceException> toException)
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public InvokeOptions Operation<TRequest, TResponse>(string name, JsonWrite<TRequest> write, Func<JsonElement, TResponse> read)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new RequestMarshaller<TRequest>(this, name, write),
            ResponseUnmarshaller = new ResponseUnmarshaller<TResponse>(this, read),
        };

    public InvokeOptions Operation<TRequest, TResponse>(string name, JsonWrite<TRequest> write)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        Operation<TRequest, TResponse>(name, write, static _ => new TResponse());

    private DefaultRequest ToRequest<TRequest>(string name, JsonWrite<TRequest> write, TRequest input)
        where TRequest : AmazonWebServiceRequest
    {
        var request = new DefaultRequest(input, serviceName) { HttpMethod = "POST", ResourcePath = "/" };
        request.Headers["X-Amz-Target"] = $"{targetPrefix}.{name}";
        request.Headers[HeaderKeys.ContentTypeHeader] = $"application/x-amz-json-{version}";
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            write(json, input);
            json.WriteEndObject();
        }

        request.Content = buffer.WrittenSpan.ToArray();
        return request;
    }

    private sealed class RequestMarshaller<TRequest>(JsonProtocol protocol, string name, JsonWrite<TRequest> write)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
        where TRequest : AmazonWebServiceRequest
    {
        public IRequest Marshall(AmazonWebServiceRequest input) => protocol.ToRequest(name, write, (TRequest)input);
    }

    private sealed class ResponseUnmarshaller<TResponse>(JsonProtocol protocol, Func<JsonElement, TResponse> read) : JsonResponseUnmarshaller
        where TResponse : AmazonWebServiceResponse, new()
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            using var body = ResponseBody.Read(input.Stream, input.ResponseData.ContentLength);
            if (body.Bytes.IsEmpty)
            {
                return new TResponse();
            }

            using var json = JsonDocument.Parse(body.Bytes);
            return read(json.RootElement);
        }

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
            protocol.ToException(input, innerException, statusCode);
    }

    private AmazonServiceException ToException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        toException(JsonError.Read(input, innerException, statusCode));
}
