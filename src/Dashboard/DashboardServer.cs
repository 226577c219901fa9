using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using Analytics.Dashboard.Controls;
using Analytics.Dashboard.Model;
using Analytics.Dashboard.Parts;
using Analytics.Dashboard.Serving;
using Analytics.Dashboard.State;
using Analytics.Local;
using Analytics.Local.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Analytics.Dashboard;

/// <summary>Serves the live page on 127.0.0.1.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private const int MaxRequestBytes = 4 * 1024;
    private const int MaxConnections = 100;

    private readonly CancellationTokenSource _stopping = new();
    private readonly RequestGuard _guard = new();
    private readonly DashboardFeed _feed = new();
    private readonly DashboardOptions _options;
    private readonly PageFiles _files;
    private readonly WebApplication _server;
    private Task _parts = Task.CompletedTask;

    private DashboardServer(DashboardOptions options, PageFiles files)
    {
        _options = options;
        _files = files;
        _server = LoopbackServer.Create(options.Port, static kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        });
    }

    /// <summary>The page's address. If there are controls, it has the token in the fragment, which browsers do not send to servers.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts the server.</summary>
    /// <exception cref="LocalDeploymentException">The port is in use, or the page's files are missing.</exception>
    public static async Task<DashboardServer> StartAsync(DashboardOptions options, CancellationToken cancellationToken)
    {
        var files = await PageFiles.PrepareAsync(options.Folder, options.Log, cancellationToken);
        var server = new DashboardServer(options, files);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch (IOException e)
        {
            await server.DisposeAsync();
            throw new LocalDeploymentException($"port {options.Port} on 127.0.0.1 is in use; choose another one with --dashboard-port, or stop what listens there", e);
        }
    }

    /// <summary>Stops the server and its parts.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await LoopbackServer.StopNowAsync(_server);
        await _parts;
        foreach (var client in _options.Clients)
        {
            client.Dispose();
        }

        _stopping.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var events = new EventStream(_feed, _options.Clock);
        _server.Use((context, next) => _guard.HandleAsync(context, next));
        _server.MapGet("/events", context => events.SendAsync(context, _stopping.Token));
        _server.MapGet("/log/{function}", SendLogAsync);
        _server.MapPost("/controls", ControlAsync);
        _server.MapGet("/{file?}", _files.SendAsync);
        await _server.StartAsync(cancellationToken);
        var address = LoopbackServer.GetAddress(_server);
        _guard.Allow(address.Port);
        Address = _options.Controls is null ? address : new Uri(address, "#" + _guard.Token);
        _parts = Task.WhenAll(_options.Parts.Select(part => Task.Run(() => PartRunner.RunAsync(part, _feed, _options.Clock, _stopping.Token), CancellationToken.None)));
    }

    private async Task SendLogAsync(HttpContext context)
    {
        if (_options.LogFile((string)context.Request.RouteValues["function"]!) is not { } file || !File.Exists(file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var after = long.TryParse(context.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : (long?)null;
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, LogPage.Read(file, after), EntryJson.Default.LogPage, context.RequestAborted);
    }

    private async Task ControlAsync(HttpContext context)
    {
        if (_options.Controls is not { } controls)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (ControlRequest.Parse(body.GetBuffer().AsSpan(0, (int)body.Length)) is not { } request)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, "This is no request of the page.");
            return;
        }

        try
        {
            var (accepted, message) = await request.ApplyAsync(controls, context.RequestAborted);
            await AnswerAsync(context, accepted ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, message);
        }
        catch (Exception e) when (e is AmazonServiceException or HttpRequestException)
        {
            await AnswerAsync(context, StatusCodes.Status502BadGateway, $"The stream refused: {e.Message}");
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message, context.RequestAborted);
    }
}
