using System.Diagnostics;

namespace FieldMedic.Platform.Tests.Docker;

/// <summary>The real Docker daemon of this machine, by its own command line, and the image the throwaway containers are made of.</summary>
internal static class Daemon
{
    public const string Endpoint = "unix:///var/run/docker.sock";

    private static readonly string[] Images = ["fieldmedic/sandbox-base:1", "qfieldcloud-db"];
    private static readonly Lazy<Task<(string Image, string Missing)>> Found = new(FindAsync);

    /// <summary>Skips the test without a daemon; fails it where Docker is required.</summary>
    public static async Task RequireAsync()
    {
        var missing = (await Found.Value).Missing;
        if (Environment.GetEnvironmentVariable("FIELDMEDIC_REQUIRE_DOCKER") == "1")
        {
            missing.ShouldBe("", "FIELDMEDIC_REQUIRE_DOCKER=1");
        }

        Assert.SkipUnless(missing.Length == 0, missing);
    }

    public static async Task<bool> IsThereAsync() => (await Found.Value).Missing.Length == 0;

    public static async Task<string> ImageAsync() => (await Found.Value).Image;

    /// <summary>Runs the docker command line and gives its output; fails when it fails.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await TryAsync("docker", arguments);
        return exitCode == 0 ? output.Trim() : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {error}");
    }

    /// <summary>
    /// What happened to a container since a time, as the daemon recorded it. Until just after now: cut to whole milliseconds, now itself
    /// would lie before what has just happened.
    /// </summary>
    public static async Task<IReadOnlyList<string>> EventsAsync(string container, DateTimeOffset since)
        => (await RunAsync("events", "--since", Seconds(since), "--until", Seconds(TimeProvider.System.GetUtcNow().AddMilliseconds(2)), "--filter", "type=container", "--filter", $"container={container}", "--format", "{{.Action}}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Seconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000d).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<(string Image, string Missing)> FindAsync()
    {
        try
        {
            if ((await TryAsync("docker", "version")).ExitCode != 0)
            {
                return ("", "needs a docker daemon; none answers");
            }

            foreach (var image in Images)
            {
                if ((await TryAsync("docker", "image", "inspect", image)).ExitCode == 0)
                {
                    return (image, "");
                }
            }

            return ("", $"needs the docker image {Images[0]}; sandbox/qfieldcloud/up builds it");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return ("", "needs the docker command line; it is not on this machine");
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> TryAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["DOCKER_HOST"] = Endpoint;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, await output, await error);
    }
}
