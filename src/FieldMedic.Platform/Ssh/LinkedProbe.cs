using FieldMedic.Incidents;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Ssh;

/// <summary>A probe of the other host. The connection has its own time, so that the probe's is not eaten up by connecting.</summary>
internal sealed class LinkedProbe(IProbe inner, SshLink link, TimeProvider time) : IProbe
{
    public string Name => inner.Name;

    public TimeSpan Timeout => link.IsUp ? inner.Timeout : inner.Timeout + SshLink.Patience;

    public bool Required => inner.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        await link.ReachAsync(cancellationToken).ConfigureAwait(false);
        using var own = new CancellationTokenSource(inner.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(own.Token, cancellationToken);
        try
        {
            return await inner.MeasureAsync(both.Token).WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"no answer within {inner.Timeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException e)
        {
            throw new IOException(link.IsUp ? "Docker does not answer over ssh: it is down there, or the account may not use its socket; `fieldmedic doctor` says more" : "the ssh connection broke", e);
        }
    }
}
