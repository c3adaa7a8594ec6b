namespace FieldMedic.GitHub.Tests.Harness;

/// <summary>Counts how many writes are under way at once.</summary>
internal sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Lock _gate = new();
    private int _now;

    public int MostWritesAtOnce { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var by = request.Method == HttpMethod.Get ? 0 : 1;
        lock (_gate)
        {
            _now += by;
            MostWritesAtOnce = Math.Max(MostWritesAtOnce, _now);
        }

        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _now -= by;
            }
        }
    }
}
