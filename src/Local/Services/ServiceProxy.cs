using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Analytics.Local.Services;

/// <summary>
/// A proxy between a function and the services, on a separate port: counts the calls by operation, and injects faults
/// if requested. Requests and replies are streamed, except that DynamoDB is asked for the capacity that each call consumes; signatures are forwarded unchanged, which is sufficient for
/// endpoints that do not check them.
/// </summary>
internal sealed class ServiceProxy : IAsyncDisposable
{
    /// <summary>An SNS request contains at most a batch of 256 KB, which form encoding may triple.</summary>
    private const int MaxFormBytes = 1024 * 1024;

    /// <summary>A BatchWriteItem request of DynamoDB holds at most 16 MB.</summary>
    private const int MaxTableRequestBytes = 32 * 1024 * 1024;

    /// <summary>
    /// Longer than any run. Kestrel adds <see cref="Timeout.InfiniteTimeSpan"/> to the present time with an overflow, and then closes idle connections every second.
    /// </summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromDays(30);

    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "Host", "Expect",
    };

    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _sentKilobytes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, decimal> _capacityUnits = new(StringComparer.Ordinal);
    private readonly string _function;
    private readonly ServiceEndpoints _services;
    private readonly IServiceFaults? _faults;
    private readonly HttpMessageInvoker _client;
    private readonly WebApplication _server;
    private bool _disposed;

    private ServiceProxy(string function, ServiceEndpoints services, IServiceFaults? faults)
    {
        _function = function;
        _services = services;
        _faults = faults;
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
        });

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.KeepAliveTimeout = IdleTimeout;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        _server = builder.Build();
        _server.Run(HandleAsync);
    }

    /// <summary>The endpoints for the function.</summary>
    public Uri Address => LoopbackServer.GetAddress(_server);

    /// <summary>The number of calls of each operation, including failures and retries: <c>dynamodb:UpdateItem</c> -> count.</summary>
    public IReadOnlyDictionary<string, long> Calls => new SortedDictionary<string, long>(_calls, StringComparer.Ordinal);

    /// <summary>The kilobytes sent by the calls of each operation: bodies, rounded up per call, as services bill them.</summary>
    public IReadOnlyDictionary<string, long> SentKilobytes => new SortedDictionary<string, long>(_sentKilobytes, StringComparer.Ordinal);

    /// <summary>The DynamoDB read or write units that the calls of each operation consumed; failed calls report none.</summary>
    public IReadOnlyDictionary<string, decimal> CapacityUnits => new SortedDictionary<string, decimal>(_capacityUnits, StringComparer.Ordinal);

    /// <summary>Starts listening on a free port of 127.0.0.1.</summary>
    public static async Task<ServiceProxy> StartAsync(
        string function, ServiceEndpoints services, IServiceFaults? faults, CancellationToken cancellationToken)
    {
        var proxy = new ServiceProxy(function, services, faults);
        await proxy._server.StartAsync(cancellationToken);
        return proxy;
    }

    /// <summary>Stops listening and cancels running requests.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (ServiceOperation.FindService(context.Request) is not { } service)
        {
            await FaultResponse.UnknownServiceAsync(context.Response);
            return;
        }

        var body = ServiceOperation.IsInBody(context.Request) ? await ReadBodyAsync(context, MaxFormBytes)
            : service == AwsService.DynamoDB ? await ReadBodyAsync(context, MaxTableRequestBytes)
            : null;
        var call = new ServiceCall(_function, service, ServiceOperation.Name(context.Request, body));
        _calls.AddOrUpdate(call.Action, 1, static (_, count) => count + 1);
        _sentKilobytes.AddOrUpdate(call.Action, static (_, more) => more, static (_, sum, more) => sum + more, Kilobytes(body?.Length ?? context.Request.ContentLength ?? 0));
        var fault = _faults?.Decide(call) ?? default;
        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, context.RequestAborted);
        }

        switch (fault.Kind)
        {
            case ServiceFaultKind.Throttle:
                await FaultResponse.ThrottleAsync(context.Response, service);
                break;
            case ServiceFaultKind.ServerError:
                await FaultResponse.ServerErrorAsync(context.Response, service);
                break;
            case ServiceFaultKind.Refuse:
                context.Abort();
                break;
            default:
                await ForwardAsync(context, call, body, dropReply: fault.Kind == ServiceFaultKind.DropReply);
                break;
        }
    }

    private async Task ForwardAsync(HttpContext context, ServiceCall call, byte[]? body, bool dropReply)
    {
        var isTable = call.Service == AwsService.DynamoDB;
        using var request = CreateRequest(context, _services[call.Service], isTable ? ConsumedCapacity.Ask(body!) : body);
        HttpResponseMessage reply;
        try
        {
            reply = await _client.SendAsync(request, context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // If a service is down, the function sees what it would see without a proxy: no connection.
            context.Abort();
            return;
        }

        using (reply)
        {
            if (isTable)
            {
                await reply.Content.LoadIntoBufferAsync(context.RequestAborted);
                var units = ConsumedCapacity.Read(await reply.Content.ReadAsByteArrayAsync(context.RequestAborted));
                _capacityUnits.AddOrUpdate(call.Action, static (_, more) => more, static (_, sum, more) => sum + more, units);
            }

            if (dropReply)
            {
                await reply.Content.CopyToAsync(Stream.Null, context.RequestAborted);
                context.Abort();
                return;
            }

            await ReplyAsync(context, reply);
        }
    }

    private static long Kilobytes(long bytes) => (bytes + 1023) / 1024;

    private static HttpRequestMessage CreateRequest(HttpContext context, Uri service, byte[]? body)
    {
        var source = context.Request;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = new HttpRequestMessage(new HttpMethod(source.Method), new Uri(service.AbsoluteUri.TrimEnd('/') + target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }
        else if (source.ContentLength is > 0 || source.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(source.Body);
        }
        else if (source.ContentLength == 0)
        {
            request.Content = new ByteArrayContent([]);
        }

        foreach (var (name, values) in source.Headers)
        {
            // The length is that of the content as it is sent.
            if (!HopByHop.Contains(name) && !(body is not null && name == "Content-Length") && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return request;
    }

    private static async Task ReplyAsync(HttpContext context, HttpResponseMessage reply)
    {
        context.Response.StatusCode = (int)reply.StatusCode;
        foreach (var (name, values) in reply.Headers.NonValidated.Concat(reply.Content.Headers.NonValidated))
        {
            if (!HopByHop.Contains(name))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await reply.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context, int maxBytes)
    {
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            foreach (var segment in read.Buffer)
            {
                body.Write(segment.Span);
            }

            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (body.WrittenCount > maxBytes)
            {
                throw new BadHttpRequestException("The request is too large", StatusCodes.Status413PayloadTooLarge);
            }

            if (read.IsCompleted)
            {
                return body.WrittenSpan.ToArray();
            }
        }
    }
}
