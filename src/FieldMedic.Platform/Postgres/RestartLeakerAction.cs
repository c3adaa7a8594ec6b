using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Postgres;

/// <summary>The connections of a client end with it, and the database keeps running. Who the leak is, is measured again right before.</summary>
internal sealed class RestartLeakerAction(RemedySpec remedy, DockerEngine docker, DatabaseClients clients) : IRemedyAction
{
    private readonly RestartLeakerSettings _settings = (RestartLeakerSettings)remedy.Settings;

    public string Remedy => remedy.Id;

    public async Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken)
    {
        var (leak, refused) = await FindAsync(cancellationToken).ConfigureAwait(false);
        return leak is null ? ActionTargets.None(refused) : ActionTargets.Of([leak.Name]);
    }

    public async Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var (leak, refused) = await FindAsync(cancellationToken).ConfigureAwait(false);
        if (leak is null || leak.Name != action.Target)
        {
            return new ActionResult(false, $"{(leak is null ? refused : $"{leak.Name} holds the most connections now, not {action.Target}")}; nothing was done");
        }

        await docker.RestartAsync(leak.Id, (uint)_settings.Grace.TotalSeconds, cancellationToken).ConfigureAwait(false);
        return new ActionResult(true, "restarted");
    }

    private async Task<(ContainerFacts? Leak, string Refused)> FindAsync(CancellationToken cancellationToken)
    {
        if (await clients.LookAsync(cancellationToken).ConfigureAwait(false) is not [var top, ..] all)
        {
            return (null, "nobody is connected to the database");
        }

        var share = 100d * top.Connections / all.Sum(c => c.Connections);
        return top switch
        {
            _ when share < _settings.Share => (null, $"no single client holds the connections: the most are {share:0} % by {top.Name}"),
            { Container: null } => (null, $"{top.Name} holds {top.Connections} connections"),
            { Container: { } container } when container.Service == clients.Service || !_settings.Only.Contains(container.Service, StringComparer.Ordinal) => (null, $"{container.Name} holds {top.Connections} connections and may not be restarted for that"),
            _ => (top.Container, ""),
        };
    }
}
