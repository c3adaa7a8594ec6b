using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary>
/// One request that changes something, on a connection of its own. When a connection closes before an answer, the runtime sends the request
/// again by itself, also one that changes something: it gets no second connection here, and the outcome is unknown.
/// </summary>
internal sealed class SingleCall : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private int _attempts;
    private volatile bool _isConnected;

    public SingleCall(DockerRoute route) => _http = new HttpMessageInvoker(DockerRoute.Handler(async cancellationToken =>
    {
        if (Interlocked.Increment(ref _attempts) > 1)
        {
            throw new IOException("a change is not sent twice");
        }

        var stream = await route.ConnectAsync(cancellationToken).ConfigureAwait(false);
        _isConnected = true;
        return stream;
    }));

    /// <exception cref="OutcomeUnknownException">It was sent, and no answer came.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (_isConnected)
        {
            throw new OutcomeUnknownException("the connection to Docker broke before it answered", e);
        }
    }

    public void Dispose() => _http.Dispose();
}
