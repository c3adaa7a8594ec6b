using System.Globalization;
using FieldMedic.Packs;

namespace FieldMedic.Platform.Ssh;

/// <summary>Checks the way to the other host step by step and says what to do. Only for the terminal: it names hosts and files.</summary>
internal static class SshDoctor
{
    public static async Task<IReadOnlyList<PlatformCheck>> CheckAsync(SshLink link, CancellationToken cancellationToken)
    {
        List<PlatformCheck> checks = [];
        try
        {
            var version = await SshProgram.RunAsync(["-V"], new Dictionary<string, string>(), cancellationToken).ConfigureAwait(false);
            checks.Add(new("ssh", true, version.LastLine, ""));
            await link.ReachAsync(cancellationToken).ConfigureAwait(false);
            checks.Add(new("host key", true, $"{link.Address.KnownAs} shows the key that is trusted", ""));
            checks.Add(new("login", true, $"{link.Address} lets us in", ""));
        }
        catch (SshException e)
        {
            checks.Add(new(Name(e.Trouble), false, e.Message, NextStep(e.Trouble, link)));
        }

        return checks;
    }

    /// <summary>The line stands and Docker does not answer through it.</summary>
    public static string DockerStep(SshLink link)
        => $"On {link.Address.Host}: is Docker running, may the account open {link.Address.Socket} (group docker, or the filter of deploy/ssh), and does sshd allow it (AllowStreamLocalForwarding local)?";

    private static string Name(SshTrouble trouble) => trouble switch
    {
        SshTrouble.Client => "ssh",
        SshTrouble.HostKeyUnknown or SshTrouble.HostKeyChanged => "host key",
        _ => "login",
    };

    private static string NextStep(SshTrouble trouble, SshLink link)
    {
        var address = link.Address;
        var known = link.Spec.KnownHostsFile is { Length: > 0 } named ? named : "~/.ssh/known_hosts";
        var port = address.Port is { } p ? string.Create(CultureInfo.InvariantCulture, $"-p {p} ") : "";
        return trouble switch
        {
            SshTrouble.Client => "Install the OpenSSH client (package openssh-client) and correct identity_file, known_hosts_file or ~/.ssh/config.",
            SshTrouble.HostKeyUnknown => $"1. ssh-keyscan {port}{address.Host} > hostkey   2. ssh-keygen -lf hostkey   3. Compare with what its administrator reads on the host itself, told to you over another way: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub   4. Only when they are the same: cat hostkey >> {known}",
            SshTrouble.HostKeyChanged => $"Ask the host's administrator whether its key was changed, over another way than this connection. Only then: ssh-keygen -R '{address.KnownAs}' -f {known}, and trust the new key like an unknown one.",
            SshTrouble.LoginRefused => $"Put the public key into ~/.ssh/authorized_keys of that account on {address.Host}; name the private one (identity_file) or load it into the agent. A password comes from the variable {link.Spec.PasswordEnv}.",
            _ => $"Does this work by hand: ssh {port}{(address.User is null ? "" : address.User + "@")}{address.Host} true ?",
        };
    }
}
