using System.Globalization;
using System.Text.Json;

namespace FieldMedic.Platform.Docker;

/// <summary>One container as the daemon describes it.</summary>
internal sealed record ContainerFacts(
    string Id,
    string Name,
    string Service,
    string Status,
    bool Running,
    bool Paused,
    bool Restarting,
    bool Dead,
    bool OomKilled,
    long ExitCode,
    long RestartCount,
    DateTimeOffset? StartedAt,
    string Health,
    IReadOnlyList<string> Addresses,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyDictionary<string, string> Labels)
{
    public bool IsUnhealthy => Health == "unhealthy";

    /// <summary>Runs its process and is not known to be sick.</summary>
    public bool IsUp => Running && !Paused && !Restarting && !IsUnhealthy;

    /// <summary>Not running and will not come back by itself.</summary>
    public bool IsStopped => !Running && !Restarting && Status is "exited" or "created" or "dead";

    public static ContainerFacts From(JsonElement container)
    {
        var labels = container.Texts("Config", "Labels");
        return new ContainerFacts(
            container.Text("Id"),
            container.Text("Name").TrimStart('/'),
            labels.GetValueOrDefault(ComposeLabels.Service, ""),
            container.Text("State", "Status"),
            container.Flag("State", "Running"),
            container.Flag("State", "Paused"),
            container.Flag("State", "Restarting"),
            container.Flag("State", "Dead"),
            container.Flag("State", "OOMKilled"),
            container.Number("State", "ExitCode"),
            container.Number("RestartCount"),
            DateTimeOffset.TryParse(container.Text("State", "StartedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var started) && started.Year > 1 ? started : null,
            container.Text("State", "Health", "Status"),
            AddressesOf(container),
            EnvironmentOf(container),
            labels);
    }

    private static List<string> AddressesOf(JsonElement container)
    {
        var addresses = new List<string>();
        if (container.At("NetworkSettings", "Networks") is { ValueKind: JsonValueKind.Object } networks)
        {
            foreach (var network in networks.EnumerateObject())
            {
                if (network.Value.Text("IPAddress") is { Length: > 0 } address)
                {
                    addresses.Add(address);
                }
            }
        }

        return addresses;
    }

    private static Dictionary<string, string> EnvironmentOf(JsonElement container)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (container.At("Config", "Env") is { ValueKind: JsonValueKind.Array } variables)
        {
            foreach (var variable in variables.EnumerateArray())
            {
                var text = variable.GetString() ?? "";
                if (text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                {
                    environment[text[..at]] = text[(at + 1)..];
                }
            }
        }

        return environment;
    }
}
