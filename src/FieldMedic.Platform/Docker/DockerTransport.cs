using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using FieldMedic.Platform.Ssh;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// HTTP to the daemon. Without a version in the path every daemon answers in the newest API it has; the fields used here are the same in
/// all of them.
/// </summary>
internal sealed class DockerTransport : IDisposable
{
    private readonly DockerRoute _route;
    private readonly HttpMessageInvoker _reads;

    public DockerTransport(Uri endpoint, SshLink? ssh)
    {
        _route = new DockerRoute(endpoint, ssh);
        _reads = new HttpMessageInvoker(DockerRoute.Handler(_route.ConnectAsync));
    }

    public async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        await using var body = await ReadAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        return await JsonDocument.ParseAsync(body, default, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The body as it comes.</summary>
    public Task<Stream> ReadAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancellationToken)
        => SendAsync(_reads.SendAsync, method, path, Json(json), cancellationToken);

    /// <summary>Changes something: sent once, on a connection of its own.</summary>
    public Task ActAsync(string path, CancellationToken cancellationToken) => ActAsync(path, null, cancellationToken);

    /// <inheritdoc cref="ActAsync(string, CancellationToken)"/>
    public async Task ActAsync(string path, byte[]? json, CancellationToken cancellationToken)
    {
        using var call = new SingleCall(_route);
        await using var body = await SendAsync(call.SendAsync, HttpMethod.Post, path, Json(json), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what the path names; sent once, on a connection of its own.</summary>
    public async Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        using var call = new SingleCall(_route);
        await using var body = await SendAsync(call.SendAsync, HttpMethod.Delete, path, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends or asks for something large. The daemon tells its failure at the end of an answer that began well; null when there is none.</summary>
    public async Task<string?> TransferAsync(string path, Stream? content, CancellationToken cancellationToken)
    {
        using var body = content is null ? null : new StreamContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-tar") } };
        using var call = new SingleCall(_route);
        await using var answer = await SendAsync(call.SendAsync, HttpMethod.Post, path, body, cancellationToken).ConfigureAwait(false);
        using var lines = new StreamReader(answer);
        string? failure = null;
        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            using var step = line.StartsWith('{') ? JsonDocument.Parse(line) : null;
            failure ??= step?.RootElement.Text("error") is { Length: > 0 } error ? error : null;
        }

        return failure;
    }

    public void Dispose() => _reads.Dispose();

    private static ByteArrayContent? Json(byte[]? json)
        => json is null ? null : new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private async Task<Stream> SendAsync(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_route.Base, path)) { Content = content };
        HttpResponseMessage response;
        try
        {
            response = await send(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException socket && !_route.IsOverSsh)
        {
            throw new IOException($"no Docker: {_route.Explain(socket)}", e);
        }

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
}
