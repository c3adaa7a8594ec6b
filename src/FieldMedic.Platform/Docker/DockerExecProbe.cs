using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Commands;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Docker;

/// <summary>Runs the pack's fixed argv in the first running container of a service. None running: not measured.</summary>
internal sealed class DockerExecProbe(ProbeSpec spec, Pack pack, DockerEngine docker, TimeProvider time) : IProbe
{
    private readonly DockerExecSettings _settings = (DockerExecSettings)spec.Settings;
    private IReadOnlyList<string>? _argv;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        _argv ??= await PackScript.ArgvAsync(pack, _settings.Argv, _settings.Script, cancellationToken).ConfigureAwait(false);
        var containers = await docker.ServiceAsync(pack.ComposeProject!, _settings.Service, cancellationToken).ConfigureAwait(false);
        var container = containers.FirstOrDefault(c => c is { Running: true, Paused: false, Restarting: false })
            ?? throw new IOException($"no container of {_settings.Service} runs");
        var ran = await docker.ExecAsync(container.Id, _argv, [], cancellationToken).ConfigureAwait(false);
        var output = new CommandOutput((int)ran.ExitCode, ran.Output, ran.Error);
        if (ran.ExitCode is 126 or 127)
        {
            throw new IOException($"{_settings.Argv[0]} cannot be run in {_settings.Service}");
        }

        if (ran.ExitCode != 0 && !_settings.ExitCodeAsValue)
        {
            throw new IOException($"{_settings.Argv[0]} in {_settings.Service} ended with {ran.ExitCode}: {output.LastLine}");
        }

        var now = time.GetUtcNow();
        List<Observation> observations = [Of("exit_code", ObservedValue.Of(ran.ExitCode))];
        if (ran.ExitCode == 0 || ran.Output.Length > 0)
        {
            observations.AddRange(OutputReading.Read(_settings.Parse, ran.Output.Trim()).Select(p => Of(p.Name, p.Value)));
        }

        return observations;

        Observation Of(string field, ObservedValue value) => new($"{spec.Name}.{field}", value, now, $"{_settings.Argv[0]} in {container.Name}", spec.StaleAfter);
    }
}
