namespace FieldMedic.Bench.Faults;

/// <summary>
/// What was done on purpose, from the daemon's events. A container that dies and starts again was started by its restart policy;
/// the stop and start that make up a restart are that one restart, and whatever starts or ends joins or leaves its networks by itself.
/// </summary>
internal static class Deeds
{
    private static readonly string[] Acts = ["create", "start", "restart", "stop", "kill", "pause", "unpause", "destroy", "rename", "update"];

    /// <param name="events">All since before the fault: what died by it and is started again by its policy is nobody's deed.</param>
    /// <param name="earlier">How many of them were before the actor began.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<DockerEvent> events, int earlier = 0)
    {
        var moved = events.Skip(earlier).Where(e => e.Type == "container" && (e.Action is "die" or "start")).Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        var deeds = new List<(string Action, string Name)>();
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var happened in events.Take(earlier).Where(IsLife))
        {
            last[happened.Name] = happened.Action;
        }

        foreach (var happened in events.Skip(earlier))
        {
            if (happened.Type == "network")
            {
                if ((happened.Action is "connect" or "disconnect") && !moved.Contains(happened.Name))
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

            var isPolicy = happened.Action == "start" && last.GetValueOrDefault(happened.Name) == "die";
            if (Acts.Contains(happened.Action) && !isPolicy)
            {
                deeds.Add((happened.Action, happened.Name));
            }

            if (IsLife(happened))
            {
                last[happened.Name] = happened.Action;
            }
        }

        return [.. deeds.Select(d => $"{d.Action} {d.Name}")];
    }

    private static bool IsLife(DockerEvent happened) => happened.Type == "container" && (happened.Action == "die" || Acts.Contains(happened.Action));
}
