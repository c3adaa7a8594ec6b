using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Tests.Docker;

/// <summary>One container in each state a container can be in.</summary>
public sealed class ServicesZoo : ThrowawayProject
{
    protected override async Task CreateAsync()
    {
        string[] none = [];
        await Task.WhenAll(
            RunAsync("fine", none, "sleep", "3600"),
            RunAsync("fine", 2, "sleep", "3600"),
            RunAsync("half", none, "sleep", "3600"),
            RunAsync("half", 2, "sleep", "3600"),
            RunAsync("crashed", none, "sh", "-c", "exit 3"),
            RunAsync("frozen", none, "sleep", "3600"),
            RunAsync("looping", ["--restart", "always"], "sh", "-c", "exit 1"),
            RunAsync("sick", ["--health-cmd", "false", "--health-interval", "1s", "--health-retries", "1"], "sleep", "3600"),
            RunAsync("well", ["--health-cmd", "true", "--health-interval", "1s"], "sleep", "3600"),
            RunAsync("done", none, "true"),
            RunAsync("botched", none, "sh", "-c", "exit 4"),
            RunAsync("greedy", ["--memory", "24m", "--memory-swap", "24m"], "tail", "/dev/zero"),
            RunAsync("fewer", none, "sleep", "3600"),
            RunAsync("errand", ["--label", $"{ComposeLabels.OneOff}=True"], "sleep", "3600"),
            CreateAsync("made", "sleep", "3600"));
        await Task.WhenAll(Daemon.RunAsync("pause", Container("frozen")), Daemon.RunAsync("pause", Container("half", 2)));
        await Task.WhenAll(
            StateAsync("crashed", "{{.State.Status}}", "exited"),
            StateAsync("done", "{{.State.Status}}", "exited"),
            StateAsync("botched", "{{.State.Status}}", "exited"),
            StateAsync("greedy", "{{.State.Status}}", "exited"),
            StateAsync("sick", "{{.State.Health.Status}}", "unhealthy"),
            StateAsync("well", "{{.State.Health.Status}}", "healthy"),
            Eventually.Async(() => Daemon.RunAsync("inspect", "--format", "{{.RestartCount}}", Container("looping")), seen => int.Parse(seen, System.Globalization.CultureInfo.InvariantCulture) >= 4));
    }
}
