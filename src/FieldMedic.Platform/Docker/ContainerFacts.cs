using System.Globalization;
using System.Text.Json;

namespace FieldMedic.Platform.Docker;

/// <summary>One container as the daemon describes it.</summary>
/// <param name="MemoryLimit">Bytes; 0 is none.</param>
/// <param name="HomeNetwork">The network it was made for, where its service's name stands for it; empty when there is none.</param>
/// <param name="IsCutOff">It runs and is not found under its service's name in its home network.</param>
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
    IReadOnlyList<string> Networks,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyDictionary<string, string> Labels,
    long MemoryLimit,
    bool HasProcessorLimit,
    string HomeNetwork,
    bool IsCutOff,
    string RestartPolicy,
    bool HasHealthCheck,
    bool HasLogLimit)
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
            [.. container.At("NetworkSettings", "Networks") is { ValueKind: JsonValueKind.Object } networks ? networks.EnumerateObject().Select(n => n.Name) : []],
            EnvironmentOf(container),
            labels,
            container.Number("HostConfig", "Memory"),
            container.Number("HostConfig", "NanoCpus") > 0 || container.Number("HostConfig", "CpuQuota") > 0,
            HomeOf(container),
            HasLostItsName(container, labels.GetValueOrDefault(ComposeLabels.Service, "")),
            container.Text("HostConfig", "RestartPolicy", "Name") is { Length: > 0 } policy ? policy : "no",
            container.At("Config", "Healthcheck", "Test") is { ValueKind: JsonValueKind.Array } test && test.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } kind && kind.GetString() != "NONE",
            container.Text("HostConfig", "LogConfig", "Type") is not "json-file" || container.Texts("HostConfig", "LogConfig", "Config").ContainsKey("max-size"));
    }

    /// <summary>The network it was made for; empty where Docker gives no names (host, none, another container's, the old bridge).</summary>
    private static string HomeOf(JsonElement container)
        => container.Text("HostConfig", "NetworkMode") is { } mode && mode is not ("" or "host" or "none" or "bridge" or "default") && !mode.StartsWith("container:", StringComparison.Ordinal) ? mode : "";

    /// <summary>It runs, and yet nobody in its own network finds it by its service's name.</summary>
    private static bool HasLostItsName(JsonElement container, string service)
        => service.Length > 0
            && container.Flag("State", "Running")
            && HomeOf(container) is { Length: > 0 } home
            && (container.At("NetworkSettings", "Networks", home, "Aliases") is not { ValueKind: JsonValueKind.Array } names || names.EnumerateArray().All(n => n.GetString() != service));

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
