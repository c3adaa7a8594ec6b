using System.Globalization;
using System.Text.Json;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Commands;

/// <summary>Runs a fixed argv and reads a number, a line or a flat JSON object.</summary>
internal sealed class CommandProbe(ProbeSpec spec, Pack pack, TimeProvider time) : IProbe
{
    private readonly CommandProbeSettings _settings = (CommandProbeSettings)spec.Settings;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var ran = await FixedCommand.RunAsync(_settings.Argv, pack.Folder, _settings.Env, cancellationToken).ConfigureAwait(false);
        if (ran.ExitCode != 0 && !_settings.ExitCodeAsValue)
        {
            throw new IOException($"{_settings.Argv[0]} ended with {ran.ExitCode}: {ran.LastLine}");
        }

        var now = time.GetUtcNow();
        List<Observation> observations = [Of("exit_code", ObservedValue.Of(ran.ExitCode))];
        if (ran.ExitCode == 0 || ran.Output.Length > 0)
        {
            observations.AddRange(Parse(ran.Output.Trim()).Select(p => Of(p.Name, p.Value)));
        }

        return observations;

        Observation Of(string field, ObservedValue value) => new($"{spec.Name}.{field}", value, now, _settings.Argv[0], spec.StaleAfter);
    }

    private List<(string Name, ObservedValue Value)> Parse(string output) => _settings.Parse switch
    {
        CommandParse.Number => [("value", double.TryParse(output, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? ObservedValue.Of(number) : ObservedValue.Unknown("the output is not a number"))],
        CommandParse.Line => [("line", ObservedValue.Of(output.Split('\n')[0].TrimEnd('\r')))],
        _ => ParseJson(output),
    };

    private static List<(string Name, ObservedValue Value)> ParseJson(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new IOException("the output is not a JSON object");
            }

            return [.. document.RootElement.EnumerateObject().Select(p => (p.Name, Value(p.Value)))];
        }
        catch (JsonException e)
        {
            throw new IOException($"the output is not JSON: {e.Message}", e);
        }
    }

    private static ObservedValue Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => ObservedValue.Of(element.GetDouble()),
        JsonValueKind.True => ObservedValue.Of(true),
        JsonValueKind.False => ObservedValue.Of(false),
        JsonValueKind.String => ObservedValue.Of(element.GetString()!),
        JsonValueKind.Null => ObservedValue.Unknown("null"),
        _ => ObservedValue.Unknown("not a number, text or flag"),
    };
}
