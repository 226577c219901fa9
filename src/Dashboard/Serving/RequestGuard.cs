using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Analytics.Dashboard.Serving;

/// <summary>
/// Accepts only requests from a page of this server in a browser on this machine. A host name that an attacker's DNS resolves to 127.0.0.1 (DNS rebinding) is
/// not the server's own, another site is not the server's origin, and requests that change anything need the token that the command printed.
/// </summary>
internal sealed class RequestGuard
{
    /// <summary>The header with the token.</summary>
    public const string TokenHeader = "X-Analytics-Token";

    /// <summary>Allows only the server's own files: no inline scripts or styles, no strings that become markup.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    private readonly byte[] _token;
    private HashSet<string> _hosts = [];

    /// <summary>Creates a guard with a new token.</summary>
    public RequestGuard()
    {
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _token = Encoding.UTF8.GetBytes(Token);
    }

    /// <summary>The token required by requests that change anything.</summary>
    public string Token { get; }

    /// <summary>Sets the port that the server listens on.</summary>
    public void Allow(int port) => _hosts = new([$"127.0.0.1:{port}", $"localhost:{port}"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Rejects requests that are not allowed, and adds the headers common to all responses.</summary>
    public Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (GetRejection(context.Request) is { } rejection)
        {
            context.Response.StatusCode = rejection.Status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(rejection.Reason + "\n", context.RequestAborted);
        }

        return next(context);
    }

    private (int Status, string Reason)? GetRejection(HttpRequest request)
    {
        if (!_hosts.Contains(request.Host.Value ?? ""))
        {
            return (StatusCodes.Status421MisdirectedRequest, "This server answers to 127.0.0.1 and localhost only.");
        }

        if (request.Headers.Origin is { Count: > 0 } origin && (origin.Count > 1 || !_hosts.Any(host => string.Equals(origin, $"http://{host}", StringComparison.OrdinalIgnoreCase))))
        {
            return (StatusCodes.Status403Forbidden, "Requests of other sites are not answered.");
        }

        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "same-origin" && site != "none"
            && !(HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate"))
        {
            return (StatusCodes.Status403Forbidden, "Requests of other sites are not answered.");
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return null;
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString()), _token)
            ? null
            : (StatusCodes.Status403Forbidden, "This needs the token: open the address that the command printed.");
    }
}
