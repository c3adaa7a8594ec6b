using System.Globalization;
using System.Text.RegularExpressions;

namespace FieldMedic.Packs;

/// <summary><c>ssh://[user@]host[:port][/path/to/docker.sock]</c>. Nothing that ssh could take for an option or expand gets through.</summary>
/// <param name="User">Null: as ssh's own configuration says.</param>
/// <param name="Host">A name, an address, or an alias of ssh's configuration.</param>
/// <param name="Port">Null: as ssh's own configuration says.</param>
/// <param name="Socket">Docker's socket over there.</param>
public sealed partial record SshAddress(string? User, string Host, int? Port, string Socket)
{
    private const string DockerSocket = "/var/run/docker.sock";

    public static bool IsSsh(string address) => address is not null && address.StartsWith("ssh:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null with the reason when it is no such address.</summary>
    public static (SshAddress? Address, string Problem) Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Password().IsMatch(text))
        {
            return (null, "a password never stands in an address; name the variable that holds it (ssh: { password_env: NAME })");
        }

        if (Form().Match(text) is not { Success: true } match)
        {
            return (null, "it has to be ssh://user@host:port, with plain names");
        }

        var port = match.Groups["port"] is { Success: true } digits ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        var socket = match.Groups["path"] is { Success: true, Length: > 1 } path ? path.Value.TrimEnd('/') : DockerSocket;
        return port > 65535 || socket.Contains("..", StringComparison.Ordinal) || socket.Length > 100
            ? (null, "its port or path is out of range")
            : (new SshAddress(match.Groups["user"] is { Success: true } user ? user.Value : null, match.Groups["host"].Value.Trim('[', ']'), port, socket), "");
    }

    /// <summary>As it stands in known_hosts.</summary>
    public string KnownAs => Port is null or 22 ? Host : string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ssh://{(User is null ? "" : User + "@")}{Host}{(Port is null ? "" : ":")}{Port}");

    [GeneratedRegex(@"^ssh://((?<user>[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})@)?(?<host>[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(:(?<port>[1-9][0-9]{0,4}))?(?<path>/[A-Za-z0-9_./-]*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex(@"^ssh://[^/@:]*:[^/@]*@", RegexOptions.CultureInvariant)]
    private static partial Regex Password();
}
