using System.Globalization;
using System.Text.RegularExpressions;
using FieldMedic.Packs;

namespace FieldMedic.Platform.Ssh;

/// <summary>
/// The command lines of ssh. What decides about trust stands here and comes before the user's configuration; the rest of that counts. No
/// part of an argument comes from a text that others wrote.
/// </summary>
internal sealed partial class SshArguments(SshAddress address, SshSpec spec, string packFolder, SshFolder folder)
{
    private static readonly string[] Firm =
    [
        "StrictHostKeyChecking=yes", "NoHostAuthenticationForLocalhost=no", "VerifyHostKeyDNS=no", "UpdateHostKeys=no",
        "ControlPersist=5", "ConnectTimeout=5", "ConnectionAttempts=1", "ServerAliveInterval=5", "ServerAliveCountMax=3", "TCPKeepAlive=yes",
        "ClearAllForwardings=yes", "ForwardAgent=no", "ForwardX11=no", "Tunnel=no", "PermitLocalCommand=no", "RemoteCommand=none", "RequestTTY=no", "EscapeChar=none", "LogLevel=ERROR",
    ];

    // Against a connection of their own, should the shared one be gone.
    private static readonly string[] OverTheLine = ["-F", "none", "-T", "-o", "ControlMaster=no", "-o", "ProxyCommand=false", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR"];

    /// <summary>The password, when there is one in the environment.</summary>
    public string? Password { get; } = Environment.GetEnvironmentVariable(spec.PasswordEnv) is { Length: > 0 } password ? password : null;

    /// <summary>Connects, logs in, then goes into the background and listens on the control socket.</summary>
    public IReadOnlyList<string> Connect()
    {
        List<string> arguments = ["-fNT", "-M", "-S", folder.Control, "-E", folder.Log];
        // In batch mode ssh asks for nothing, so not for a password either.
        string[] login = Password is null ? ["BatchMode=yes"] : ["BatchMode=no", "NumberOfPasswordPrompts=1", "PreferredAuthentications=publickey,keyboard-interactive,password"];
        foreach (var option in Firm.Concat(login))
        {
            arguments.AddRange(["-o", option]);
        }

        if (spec.KnownHostsFile is { Length: > 0 } known)
        {
            arguments.AddRange(["-o", $"UserKnownHostsFile=\"{FileName(known)}\"", "-o", "GlobalKnownHostsFile=none"]);
        }

        if (spec.IdentityFile is { Length: > 0 } identity)
        {
            arguments.AddRange(["-o", "IdentitiesOnly=yes", "-i", FileName(identity)]);
        }

        if (address.Port is { } port)
        {
            arguments.AddRange(["-p", port.ToString(CultureInfo.InvariantCulture)]);
        }

        if (address.User is { } user)
        {
            arguments.AddRange(["-l", user]);
        }

        return [.. arguments, "--", address.Host];
    }

    /// <summary>A local socket of which ssh carries each connection to an address on the other side.</summary>
    public IReadOnlyList<string> Forward(string socket, string target) => [.. OverTheLine, "-S", folder.Control, "-O", "forward", "-L", $"{socket}:{target}", "--", address.Host];

    /// <summary>A command whose text is fixed in our code.</summary>
    public IReadOnlyList<string> Command(string command) => [.. OverTheLine, "-S", folder.Control, "--", address.Host, command];

    public IReadOnlyList<string> Exit() => [.. OverTheLine, "-S", folder.Control, "-O", "exit", "--", address.Host];

    /// <summary>What ssh needs to ask for the password without a terminal.</summary>
    public IReadOnlyDictionary<string, string> Environ()
        => Password is not { } password
            ? new Dictionary<string, string>()
            : !VariableName().IsMatch(spec.PasswordEnv)
                ? throw new SshException(SshTrouble.Client, "password_env is not the name of a variable")
                : new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["SSH_ASKPASS"] = folder.AskPass(),
                    ["SSH_ASKPASS_REQUIRE"] = "force",
                    ["FIELDMEDIC_ASKPASS_FROM"] = spec.PasswordEnv,
                    [spec.PasswordEnv] = password,
                };

    /// <summary>As ssh takes it: it would expand some characters.</summary>
    private string FileName(string name)
    {
        var path = name.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), name[2..])
            : Path.GetFullPath(name, packFolder);
        return path.Any(c => char.IsControl(c) || c is '"' or '$' or '\\')
            ? throw new SshException(SshTrouble.Client, "the name of the key file or of known_hosts holds a character that ssh would take for something else")
            : File.Exists(path) ? path.Replace("%", "%%", StringComparison.Ordinal)
            : throw new SshException(SshTrouble.Client, "the key file or the file of known hosts that is configured does not exist");
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();
}
