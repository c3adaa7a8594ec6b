namespace FieldMedic.Bench.Faults;

/// <summary>
/// What was done on purpose, from the daemon's events. A container that dies and starts again was started by its restart policy;
/// the stop and start that make up a restart are that one restart.
/// </summary>
internal static class Deeds
{
    private static readonly string[] Acts = ["create", "start", "restart", "stop", "kill", "pause", "unpause", "destroy", "rename", "update"];

    public static IReadOnlyList<string> Of(IEnumerable<DockerEvent> events)
    {
        var deeds = new List<(string Action, string Name)>();
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var happened in events)
        {
            if (happened.Type == "network")
            {
                // A container that ends leaves its networks by itself.
                if (happened.Action == "connect" || last.GetValueOrDefault(happened.Name) is not ("die" or "stop" or "destroy"))
                {
                    deeds.Add((happened.Action, $"network {happened.Name}"));
                }

                continue;
            }

            if (happened.Type != "container")
            {
                if (happened.Action is not ("mount" or "unmount"))
                {
                    deeds.Add((happened.Action, $"{happened.Type} {happened.Name}"));
                }

                continue;
            }

            if (happened.Action.StartsWith("exec_create: ", StringComparison.Ordinal))
            {
                var command = happened.Action["exec_create: ".Length..];
                if (command.StartsWith("nginx -s", StringComparison.Ordinal))
                {
                    deeds.Add(("exec", $"{happened.Name}: {command}"));
                }

                continue;
            }

            if (happened.Action == "restart")
            {
                foreach (var part in new[] { "start", "stop", "kill" })
                {
                    if (deeds.FindLastIndex(d => d == (part, happened.Name)) is >= 0 and var at)
                    {
                        deeds.RemoveAt(at);
                    }
                }
            }

            if (happened.Action == "stop" && deeds.FindLastIndex(d => d == ("kill", happened.Name)) is >= 0 and var signal)
            {
                deeds.RemoveAt(signal);
            }

            // One that starts joins them by itself, just before.
            if (happened.Action == "start" && deeds.FindLastIndex(d => d == ("connect", $"network {happened.Name}")) is >= 0 and var joined)
            {
                deeds.RemoveAt(joined);
            }

            var isPolicy = happened.Action == "start" && last.GetValueOrDefault(happened.Name) == "die";
            if (Acts.Contains(happened.Action) && !isPolicy)
            {
                deeds.Add((happened.Action, happened.Name));
            }

            if (Acts.Contains(happened.Action) || happened.Action == "die")
            {
                last[happened.Name] = happened.Action;
            }
        }

        return [.. deeds.Select(d => $"{d.Action} {d.Name}")];
    }
}
