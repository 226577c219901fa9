using Microsoft.AspNetCore.Http;

namespace Analytics.Local.Services;

/// <summary>Determines the service and operation of a request.</summary>
internal static class ServiceOperation
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Returns whether the operation is in the body, as <c>Action=</c>.</summary>
    public static bool IsInBody(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.ContentType?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Returns the service that the request was signed for or that its target names, or null if it is unknown.</summary>
    public static AwsService? FindService(HttpRequest request)
    {
        // AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, ...
        var authorization = request.Headers.Authorization.ToString().AsSpan();
        var end = authorization.IndexOf("/aws4_request", StringComparison.Ordinal);
        if (end > 0)
        {
            var scope = authorization[..end];
            return AwsServices.FromSigningName(scope[(scope.LastIndexOf('/') + 1)..]);
        }

        return AwsServices.FromTarget(request.Headers["X-Amz-Target"].ToString());
    }

    /// <summary>Returns the operation's name.</summary>
    /// <param name="request">The request.</param>
    /// <param name="form">The body, if <see cref="IsInBody"/>.</param>
    public static string Name(HttpRequest request, ReadOnlySpan<byte> form)
    {
        var target = request.Headers["X-Amz-Target"].ToString();
        if (target.Length > 0)
        {
            return Known(target[(target.LastIndexOf('.') + 1)..]);
        }

        return form.IsEmpty ? ObjectOperation(request) : Known(Action(form));
    }

    /// <summary>Validates a name from a request.</summary>
    private static string Known(string name) =>
        name.Length is > 0 and <= 64 && name.All(char.IsAsciiLetterOrDigit) ? name : "Unknown";

    private static string Action(ReadOnlySpan<byte> form)
    {
        foreach (var range in form.Split((byte)'&'))
        {
            var field = form[range];
            if (field.StartsWith("Action="u8))
            {
                return System.Text.Encoding.ASCII.GetString(field["Action=".Length..]);
            }
        }

        return "";
    }

    private static string ObjectOperation(HttpRequest request)
    {
        var path = request.Path.Value.AsSpan().Trim('/');
        var isObject = path.Contains('/');
        var query = request.Query;
        return request.Method switch
        {
            "GET" when path.IsEmpty => "ListBuckets",
            "GET" when !isObject => query["list-type"] == "2" ? "ListObjectsV2" : "ListObjects",
            "GET" => query.ContainsKey("uploadId") ? "ListParts" : "GetObject",
            "HEAD" => isObject ? "HeadObject" : "HeadBucket",
            "PUT" when !isObject => "CreateBucket",
            "PUT" when query.ContainsKey("partNumber") => "UploadPart",
            "PUT" => request.Headers.ContainsKey("x-amz-copy-source") ? "CopyObject" : "PutObject",
            "DELETE" when !isObject => "DeleteBucket",
            "DELETE" => query.ContainsKey("uploadId") ? "AbortMultipartUpload" : "DeleteObject",
            "POST" when query.ContainsKey("uploads") => "CreateMultipartUpload",
            "POST" when query.ContainsKey("uploadId") => "CompleteMultipartUpload",
            "POST" when query.ContainsKey("delete") => "DeleteObjects",
            _ => "Unknown",
        };
    }
}
