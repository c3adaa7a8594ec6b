using FieldMedic.Packs;
using FieldMedic.Platform.Docker;

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

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            var version = await _docker.VersionAsync(limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            List<PlatformCheck> checks = [new("docker", true, $"engine {version.Engine}, API {version.Api}", "")];
            var compose = await _compose.FindAsync(limit.Token).ConfigureAwait(false);
            checks.Add(compose is null
                ? new("compose", false, "neither `docker compose` nor `docker-compose` is there", "Install the compose plugin, or live without the rung that recreates missing containers.")
                : new("compose", true, string.Join(' ', compose), ""));
            var containers = _pack.ComposeProject is null ? [] : await _docker.ProjectAsync(_pack.ComposeProject, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            checks.Add(containers.Count == 0
                ? new("project", false, $"compose project '{_pack.ComposeProject}' has no containers", "Check the pack's compose_project (variable COMPOSE_PROJECT_NAME).")
                : new("project", true, $"{containers.Count} containers, {containers.Count(c => c.IsUp)} up", ""));
            return checks;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var why = e is OperationCanceledException ? "no answer within 5 s" : e.Message;
            return [new("docker", false, $"{_docker.Endpoint} does not answer: {why}", "Start the daemon, or point DOCKER_HOST or the pack's 'docker' to it; the user needs access to the socket.")];
        }
    }
}
