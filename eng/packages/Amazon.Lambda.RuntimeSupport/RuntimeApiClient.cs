using System.Net;
using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). Server errors and dropped connections are
/// retried with increasing pauses; persistent errors and rejections throw a <see cref="RuntimeApiClientException"/>.
/// </summary>
internal sealed class RuntimeApiClient : IDisposable
{
    /// <summary>After this many consecutive failures, about 11 seconds, the Runtime API counts as unavailable.</summary>
    internal const int MaxAttempts = 10;

    private const int FirstBufferSize = 64 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    private readonly HttpClient _http;
    private readonly string _root;
    private readonly TimeProvider _clock;
    private byte[] _buffer = [];

    public RuntimeApiClient(string hostAndPort, TimeProvider clock)
    {
        _root = $"http://{hostAndPort}/2018-06-01/runtime/";
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        })
        {
            // The next invocation may be hours away.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Waits for the next invocation.</summary>
    public Task<Invocation> NextAsync(CancellationToken cancellationToken) =>
        RetryAsync("The next invocation", ReadNextAsync, cancellationToken);

    /// <summary>Sends an invocation's response.</summary>
    public Task RespondAsync(Invocation invocation, ReadOnlyMemory<byte> response, CancellationToken cancellationToken) =>
        PostAsync(
            "The response",
            $"invocation/{invocation.RequestId}/response",
            response,
            Json,
            errorType: null,
            invocation.InvocationId,
            cancellationToken);

    /// <summary>Reports an invocation's error.</summary>
    public Task RespondAsync(Invocation invocation, InvocationError error, CancellationToken cancellationToken) =>
        PostAsync(
            "The error",
            $"invocation/{invocation.RequestId}/error",
            error.Json,
            ErrorJson,
            error.Type,
            invocation.InvocationId,
            cancellationToken);

    /// <summary>Reports an initialization error.</summary>
    public Task ReportInitializationAsync(InvocationError error, CancellationToken cancellationToken) =>
        PostAsync("The initialization error", "init/error", error.Json, ErrorJson, error.Type, invocationId: null, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<Invocation> ReadNextAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(
            new Uri(_root + "invocation/next"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        EnsureSuccess("The next invocation", response);
        return new Invocation
        {
            RequestId = Header(response, "Lambda-Runtime-Aws-Request-Id") is { } id && IsIdentifier(id)
                ? id
                : throw new RuntimeApiClientException("The Runtime API sent an invocation without a valid Lambda-Runtime-Aws-Request-Id."),
            DeadlineMilliseconds = Header(response, "Lambda-Runtime-Deadline-Ms"),
            InvokedFunctionArn = Header(response, "Lambda-Runtime-Invoked-Function-Arn") ?? "",
            TraceId = Header(response, "Lambda-Runtime-Trace-Id"),
            ClientContext = Header(response, "Lambda-Runtime-Client-Context"),
            CognitoIdentity = Header(response, "Lambda-Runtime-Cognito-Identity"),
            InvocationId = Header(response, "Lambda-Runtime-Invocation-Id"),
            Body = await ReadBodyAsync(response.Content, cancellationToken),
        };
    }

    private async Task<ArraySegment<byte>> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        // One byte more than announced, so that the end is detected without growing.
        EnsureBuffer(content.Headers.ContentLength is { } announced ? checked((int)announced + 1) : FirstBufferSize, kept: 0);
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var length = 0;
        while (await stream.ReadAsync(_buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            EnsureBuffer(length + 1, kept: length);
        }

        return new ArraySegment<byte>(_buffer, 0, length);
    }

    private void EnsureBuffer(int size, int kept)
    {
        if (_buffer.Length >= size)
        {
            return;
        }

        var larger = GC.AllocateUninitializedArray<byte>(Math.Max(size, Math.Max(FirstBufferSize, kept * 2)));
        _buffer.AsSpan(0, kept).CopyTo(larger);
        _buffer = larger;
    }

    private Task PostAsync(
        string what,
        string path,
        ReadOnlyMemory<byte> body,
        MediaTypeHeaderValue contentType,
        string? errorType,
        string? invocationId,
        CancellationToken cancellationToken) =>
        RetryAsync(
            what,
            async token =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_root + path))
                {
                    Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = contentType } },
                };
                if (errorType is not null)
                {
                    request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
                }

                if (invocationId is not null)
                {
                    request.Headers.TryAddWithoutValidation("Lambda-Runtime-Invocation-Id", invocationId);
                }

                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, token);
                EnsureSuccess(what, response);
                return true;
            },
            cancellationToken);

    private async Task<T> RetryAsync<T>(string what, Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await action(cancellationToken);
            }
            catch (RuntimeApiClientException exception) when (IsTransient(exception.StatusCode) && attempt < MaxAttempts)
            {
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                if (attempt == MaxAttempts)
                {
                    throw new RuntimeApiClientException(
                        $"{what} did not get through to the Runtime API in {attempt} attempts: {exception.Message}", innerException: exception);
                }
            }

            await Task.Delay(PauseAfter(attempt), _clock, cancellationToken);
        }
    }

    private static TimeSpan PauseAfter(int attempt)
    {
        var pause = FirstPause * (1 << (attempt - 1));
        return pause < MaxPause ? pause : MaxPause;
    }

    private static bool IsTransient(HttpStatusCode? status) =>
        status is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests;

    private static void EnsureSuccess(string what, HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            var meaning = response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Gone ? ", the sandbox is being shut down" : "";
            throw new RuntimeApiClientException(
                $"{what} was refused: the Runtime API answered {(int)response.StatusCode}{meaning}.", response.StatusCode);
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;

    /// <summary>Only the characters of request IDs may be part of a path.</summary>
    private static bool IsIdentifier(string text) =>
        text.Length <= 128 && text.AsSpan().IndexOfAnyExcept(IdentifierCharacters) < 0 && text.Trim('.').Length > 0;

    private static readonly System.Buffers.SearchValues<char> IdentifierCharacters =
        System.Buffers.SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.:");
}
