using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Platform.Host;
using FieldMedic.Platform.Tests.Docker;
using FieldMedic.Testing;

namespace FieldMedic.Platform.Tests.Ssh;

/// <summary>Packs for containers that are reached over a real sshd.</summary>
internal static class SshProject
{
    public static async Task<Sshd> StartAsync(string more = "")
    {
        await Daemon.RequireAsync();
        var whyNot = Sshd.WhyNot();
        Assert.SkipWhen(whyNot is not null, whyNot ?? "");
        return await Sshd.StartAsync(more);
    }

    public static SshSpec Login(Sshd sshd) => new() { IdentityFile = sshd.Identity, KnownHostsFile = sshd.KnownHosts };

    public static Pack Pack(this ThrowawayProject project, Sshd sshd, string? address = null, SshSpec? login = null, params ProbeSpec[] probes)
        => project.Pack([new ServiceSpec("calm", [])], [Connected.Probe("containers", "docker.services", new DockerServicesSettings(), 4), .. probes]) with
        {
            Docker = address ?? sshd.Address,
            Ssh = login ?? Login(sshd),
            Remedies = new Dictionary<string, RemedySpec>
            {
                ["start"] = new() { Id = "start", Kind = "docker.start", Settings = new DockerRemedySettings() },
                ["restart"] = new() { Id = "restart", Kind = "docker.restart", Settings = new DockerRemedySettings { Grace = TimeSpan.FromSeconds(1) } },
                ["recreate"] = new() { Id = "recreate", Kind = "compose.recreate", Settings = new DockerRemedySettings() },
                ["command"] = new() { Id = "command", Kind = "command", Settings = new Platform.Commands.CommandRemedySettings { Argv = ["touch", "/tmp/fieldmedic-must-not-be"], Target = "here" } },
            },
        };

    public static ProbeSpec Host() => Connected.Probe("host", "host", new HostProbeSettings());

    /// <summary>Our folders for sockets, wherever they come from.</summary>
    public static string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), "fm-ssh-*");

    /// <summary>Command lines of the machine's processes that hold a text.</summary>
    public static string[] Processes(string text)
        => [.. Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])).Select(CommandLine).Where(c => c.Contains(text, StringComparison.Ordinal))];

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText($"{folder}/cmdline").Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
