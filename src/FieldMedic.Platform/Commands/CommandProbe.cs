using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Commands;

/// <summary>Runs a fixed argv and reads a number, a line or a flat JSON object.</summary>
internal sealed class CommandProbe(ProbeSpec spec, Pack pack, bool isSystemHere, TimeProvider time) : IProbe
{
    private readonly CommandProbeSettings _settings = (CommandProbeSettings)spec.Settings;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        if (!isSystemHere)
        {
            // It would measure this machine and call it the other.
            throw new IOException("not available over ssh: commands run on this machine, the system is on another");
        }

        var ran = await FixedCommand.RunAsync(_settings.Argv, pack.Folder, _settings.Env, cancellationToken).ConfigureAwait(false);
        if (ran.ExitCode != 0 && !_settings.ExitCodeAsValue)
        {
            throw new IOException($"{_settings.Argv[0]} ended with {ran.ExitCode}: {ran.LastLine}");
        }

        var now = time.GetUtcNow();
        List<Observation> observations = [Of("exit_code", ObservedValue.Of(ran.ExitCode))];
        if (ran.ExitCode == 0 || ran.Output.Length > 0)
        {
            observations.AddRange(OutputReading.Read(_settings.Parse, ran.Output.Trim()).Select(p => Of(p.Name, p.Value)));
        }

        return observations;

        Observation Of(string field, ObservedValue value) => new($"{spec.Name}.{field}", value, now, _settings.Argv[0], spec.StaleAfter);
    }
}
