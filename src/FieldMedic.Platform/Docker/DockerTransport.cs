using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using FieldMedic.Platform.Ssh;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// HTTP to the daemon over a unix socket, TCP, or its socket on another host over ssh. Without a version in the path every daemon answers in the newest API it has; the
/// fields used here are the same in all of them.
/// </summary>
internal sealed class DockerTransport : IDisposable
{
    private readonly HttpMessageInvoker _reads;
    private readonly HttpMessageInvoker _writes;
    private readonly Uri _base;

    public DockerTransport(Uri endpoint, SshLink? ssh)
    {
        if (endpoint.Scheme is not ("unix" or "tcp" or "http") && ssh is null)
        {
            throw new NotSupportedException($"Docker at '{endpoint.Scheme}://' is not supported; use unix:///path, tcp://host:port or ssh://user@host.");
        }

        _base = ssh is not null || endpoint.Scheme == "unix" ? new Uri("http://docker") : new UriBuilder(endpoint) { Scheme = "http", Port = endpoint.Port < 0 ? 2375 : endpoint.Port }.Uri;
        _reads = new HttpMessageInvoker(Handler(endpoint, ssh, TimeSpan.FromMinutes(1)));
        // A call that changes something never takes a used connection: on one that turns out dead it would be sent again unasked.
        _writes = new HttpMessageInvoker(Handler(endpoint, ssh, TimeSpan.Zero));
    }

    public async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        await using var body = await ReadAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        return await JsonDocument.ParseAsync(body, default, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The body as it comes.</summary>
    public Task<Stream> ReadAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancellationToken)
        => SendAsync(_reads, method, path, Json(json), cancellationToken);

    /// <summary>Changes something: sent once, on a connection of its own.</summary>
    public Task ActAsync(string path, CancellationToken cancellationToken) => ActAsync(path, null, cancellationToken);

    /// <inheritdoc cref="ActAsync(string, CancellationToken)"/>
    public async Task ActAsync(string path, byte[]? json, CancellationToken cancellationToken)
    {
        await using var body = await SendAsync(_writes, HttpMethod.Post, path, Json(json), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what the path names; sent once, on a connection of its own.</summary>
    public async Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        await using var body = await SendAsync(_writes, HttpMethod.Delete, path, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends or asks for something large. The daemon tells its failure at the end of an answer that began well; null when there is none.</summary>
    public async Task<string?> TransferAsync(string path, Stream? content, CancellationToken cancellationToken)
    {
        using var body = content is null ? null : new StreamContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-tar") } };
        await using var answer = await SendAsync(_writes, HttpMethod.Post, path, body, cancellationToken).ConfigureAwait(false);
        using var lines = new StreamReader(answer);
        string? failure = null;
        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            using var step = line.StartsWith('{') ? JsonDocument.Parse(line) : null;
            failure ??= step?.RootElement.Text("error") is { Length: > 0 } error ? error : null;
        }

        return failure;
    }

    public void Dispose()
    {
        _reads.Dispose();
        _writes.Dispose();
    }

    private static ByteArrayContent? Json(byte[]? json)
        => json is null ? null : new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private async Task<Stream> SendAsync(HttpMessageInvoker http, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_base, path)) { Content = content };
        var response = await AnswerAsync(http, request, cancellationToken).ConfigureAwait(false);
        // The stream ends the response when it is disposed.
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if ((int)response.StatusCode < 400)
        {
            return body;
        }

        await using (body)
        {
            throw new DockerException((int)response.StatusCode, await MessageAsync(body, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>A change that was sent and got no answer may have happened: that is no failure.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (http == _writes && e.HttpRequestError != HttpRequestError.ConnectionError)
        {
            throw new OutcomeUnknownException("the connection to Docker broke before it answered", e);
        }
    }

    private static async Task<string> MessageAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var refusal = await JsonDocument.ParseAsync(body, default, cancellationToken).ConfigureAwait(false);
            return refusal.RootElement.Text("message") is { Length: > 0 } message ? message : "the daemon gave no reason";
        }
        catch (JsonException)
        {
            return "the daemon gave no reason";
        }
    }

    private static SocketsHttpHandler Handler(Uri endpoint, SshLink? ssh, TimeSpan lifetime)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = lifetime, ActivityHeadersPropagator = null };
        if (ssh is not null)
        {
            // A new line has new sockets; connections of an old one are dead and are not taken again.
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var line = await ssh.ReachAsync(cancellationToken).ConfigureAwait(false);
                return await line.DialAsync(ssh.Address.Socket, cancellationToken).ConfigureAwait(false);
            };
        }
        else if (endpoint.Scheme == "unix")
        {
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.LocalPath), cancellationToken).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
        }

        return handler;
    }
}
