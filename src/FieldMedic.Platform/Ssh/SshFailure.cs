using FieldMedic.Platform.Commands;

namespace FieldMedic.Platform.Ssh;

/// <summary>Says in our words what ssh reported. Its own text names hosts and users, so it is not passed on.</summary>
internal static class SshFailure
{
    private static readonly (string Sign, SshTrouble Trouble, string Words)[] Known =
    [
        ("REMOTE HOST IDENTIFICATION HAS CHANGED", SshTrouble.HostKeyChanged, "the host shows another key than the one that is trusted; it was set up anew, or something is in between. Nothing was sent to it"),
        ("REVOKED HOST KEY", SshTrouble.HostKeyChanged, "the host shows a key that was revoked. Nothing was sent to it"),
        ("host key is known for", SshTrouble.HostKeyUnknown, "the host's key is not known here, so nothing was sent to it; `fieldmedic doctor` says how to trust it"),
        ("Host key verification failed", SshTrouble.HostKeyUnknown, "the host's key could not be checked, so nothing was sent to it; `fieldmedic doctor` says how to trust it"),
        ("UNPROTECTED PRIVATE KEY FILE", SshTrouble.Client, "the key file can be read by others, so ssh does not use it (chmod 600)"),
        ("Permission denied", SshTrouble.LoginRefused, "the host does not accept the login"),
        ("Too many authentication failures", SshTrouble.LoginRefused, "the host does not accept the login: too many keys were offered (name the one with identity_file)"),
        ("onfiguration option", SshTrouble.Client, "ssh does not understand its configuration"),
        ("Could not resolve hostname", SshTrouble.Unreachable, "the host's name is not known"),
        ("Connection refused", SshTrouble.Unreachable, "the host refuses ssh connections"),
        ("timed out", SshTrouble.Unreachable, "the host does not answer"),
        ("No route to host", SshTrouble.Unreachable, "there is no way to the host"),
        ("Network is unreachable", SshTrouble.Unreachable, "there is no way to the host"),
    ];

    public static SshException Of(CommandOutput ran, string log)
    {
        var text = $"{ran.Error}\n{log}";
        foreach (var (sign, trouble, words) in Known)
        {
            if (text.Contains(sign, StringComparison.OrdinalIgnoreCase))
            {
                return new SshException(trouble, $"over ssh: {words}");
            }
        }

        return new SshException(SshTrouble.Unreachable, $"over ssh: no connection came about (ssh ended with {ran.ExitCode})");
    }
}
