using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Ssh;

namespace FieldMedic.Platform;

/// <summary>Checks what the platform needs, for <c>fieldmedic doctor</c>.</summary>
public sealed class PlatformDoctor
{
    private readonly Pack _pack;
    private readonly DockerEngine? _docker;
    private readonly ComposeCommand _compose;

    internal PlatformDoctor(Pack pack, DockerEngine? docker, ComposeCommand compose)
    {
        _pack = pack;
        _docker = docker;
        _compose = compose;
    }

    public async Task<IReadOnlyList<PlatformCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        if (_docker is null)
        {
            return [new("docker", true, "the pack uses no Docker", "")];
        }

        var way = _docker.Ssh is { } ssh ? await SshDoctor.CheckAsync(ssh, cancellationToken).ConfigureAwait(false) : [];
        return way.Any(c => !c.Ok) ? way : [.. way, .. await DaemonAsync(_docker, cancellationToken).ConfigureAwait(false)];
    }

    private async Task<IReadOnlyList<PlatformCheck>> DaemonAsync(DockerEngine docker, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            var version = await docker.VersionAsync(limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            List<PlatformCheck> checks = [new("docker", true, $"engine {version.Engine}, API {version.Api}", "")];
            var compose = docker.Ssh is null ? await _compose.FindAsync(limit.Token).ConfigureAwait(false) : null;
            checks.Add(docker.Ssh is not null ? new("compose", true, "not available over ssh; containers that are missing are for a person", "")
                : compose is null
                ? new("compose", false, "neither `docker compose` nor `docker-compose` is there", "Install the compose plugin, or live without the rung that recreates missing containers.")
                : new("compose", true, string.Join(' ', compose), ""));
            var containers = _pack.ComposeProject is null ? [] : await docker.ProjectAsync(_pack.ComposeProject, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            checks.Add(containers.Count == 0
                ? new("project", false, $"compose project '{_pack.ComposeProject}' has no containers", "Check the pack's compose_project (variable COMPOSE_PROJECT_NAME).")
                : new("project", true, $"{containers.Count} containers, {containers.Count(c => c.IsUp)} up", ""));
            return checks;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var why = e is OperationCanceledException ? "no answer within 5 s" : e.Message;
            return [new("docker", false, $"{docker.Endpoint} does not answer: {why}", docker.Ssh is { } ssh ? SshDoctor.DockerStep(ssh) : "Start the daemon, or point DOCKER_HOST or the pack's 'docker' to it; the user needs access to the socket.")];
        }
    }
}
