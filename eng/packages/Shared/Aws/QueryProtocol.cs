using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.Protocols;

/// <summary>
/// A service with the AWS Query protocol, https://smithy.io/2.0/aws/protocols/aws-query-protocol.html: form parameters in the request, XML in the response.
/// An operation is a name, a request writer and a response reader.
/// </summary>
/// <param name="serviceName">The service's name within the client library.</param>
/// <param name="version">The version of the service's API, a date.</param>
/// <param name="toException">Converts an error to an exception of the service.</param>
internal sealed class QueryProtocol(string serviceName, string version, Func<ErrorResponse, AmazonServiceException> toException)
{
    public InvokeOptions Operation<TRequest, TResponse>(
        string name, Action<ParameterCollection, TRequest> write, Func<XElement, TResponse> read)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse => new()
        {
            RequestMarshaller = new RequestMarshaller<TRequest>(serviceName, version, name, write),
            ResponseUnmarshaller = new ResponseUnmarshaller<TResponse>($"{name}Result", read, toException),
        };

    private sealed class RequestMarshaller<TRequest>(
        string serviceName, string version, string name, Action<ParameterCollection, TRequest> write)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
        where TRequest : AmazonWebServiceRequest
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var request = new DefaultRequest(input, serviceName) { HttpMethod = "POST", ResourcePath = "/" };
            request.ParameterCollection.Text("Action", name);
            request.ParameterCollection.Text("Version", version);
            write(request.ParameterCollection, (TRequest)input);
            return request;
        }
    }

    private sealed class ResponseUnmarshaller<TResponse>(
        string resultName, Func<XElement, TResponse> read, Func<ErrorResponse, AmazonServiceException> toException) : XmlResponseUnmarshaller
        where TResponse : AmazonWebServiceResponse
    {
        public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
        {
            var xml = XElement.Load(XmlReader.Create(input.Stream));
            var response = read(xml.Member(resultName) ?? xml);
            response.ResponseMetadata = new ResponseMetadata { RequestId = xml.Member("ResponseMetadata")?.Text("RequestId") };
            return response;
        }

        public override AmazonServiceException UnmarshallException(
            XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var error = new ErrorResponse
            {
                Type = (int)statusCode < 500 ? ErrorType.Sender : ErrorType.Receiver,
                InnerException = innerException,
                StatusCode = statusCode,
                RequestId = input.ResponseData.GetHeaderValue(HeaderKeys.RequestIdHeader),
            };
            ReadBody(input.Stream, error);
            error.Message ??= $"The service answered with status {(int)statusCode} and no message.";
            return toException(error);
        }

        private static void ReadBody(Stream body, ErrorResponse error)
        {
            try
            {
                var xml = XElement.Load(XmlReader.Create(body));
                var detail = xml.Member("Error") ?? xml;
                error.Code = detail.Text("Code");
                error.Message = detail.Text("Message");
                error.RequestId = xml.Text("RequestId") ?? error.RequestId;
            }
            catch (XmlException)
            {
                // Not a response of the service but, for example, a proxy's page: only the status is known.
                error.Message = null;
            }
        }
    }
}
