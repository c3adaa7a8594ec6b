using System.Net;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;
using FieldMedic.Packs;
using FieldMedic.Platform.Docker;
using FieldMedic.Systems;

namespace FieldMedic.Platform;

/// <summary>
/// Values that must never be public: secret-looking variables of this process and of the system's containers, and the names and
/// addresses of this machine. Container values are learned by <see cref="LearnAsync"/>.
/// </summary>
public sealed partial class PlatformSecrets : ISecretValues
{
    private readonly Pack _pack;
    private readonly DockerEngine? _docker;
    private volatile IReadOnlyCollection<string> _ofContainers = [];

    internal PlatformSecrets(Pack pack, DockerEngine? docker)
    {
        _pack = pack;
        _docker = docker;
    }

    /// <summary>Reads the environments of the system's containers. A daemon that does not answer leaves what is known.</summary>
    public async Task LearnAsync(CancellationToken cancellationToken)
    {
        if (_docker is null || _pack.ComposeProject is null)
        {
            return;
        }

        try
        {
            // Connecting has its own limit; what is read later over a connection that came late would not be known.
            await (_docker.Ssh?.ReachAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(2));
            var containers = await _docker.ProjectAsync(_pack.ComposeProject, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            _ofContainers = [.. containers.SelectMany(c => c.Environment.Where(e => Looks(e.Key)).Select(e => e.Value).Concat(c.Addresses)).Distinct(StringComparer.Ordinal)];
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The formats are redacted anyway, and without the daemon no value of a container is read.
        }
    }

    public IReadOnlyCollection<string> Current()
    {
        var own = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Where(e => Looks((string)e.Key)).Select(e => (string?)e.Value ?? "");
        return [.. own.Concat(_ofContainers).Concat(OtherMachine()).Concat(Machine.Value).Where(v => v.Length >= 4 && !Plain().IsMatch(v) && !_pack.Services.ContainsKey(v) && v != _pack.System).Distinct(StringComparer.Ordinal)];
    }

    private IEnumerable<string> OtherMachine() => _docker?.Ssh is { Address: var there, Spec: var spec }
        ? new[] { there.Host, Environment.GetEnvironmentVariable(spec.PasswordEnv) }.OfType<string>()
        : [];

    private static readonly Lazy<IReadOnlyList<string>> Machine = new(() =>
    [
        Environment.MachineName,
        .. NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address).Where(a => !IPAddress.IsLoopback(a)).Select(a => a.ToString()),
    ]);

    private static bool Looks(string name) => SecretName().IsMatch(name);

    [GeneratedRegex("PASSWORD|PASSWD|SECRET|TOKEN|_KEY$|^KEY_|API_?KEY|ACCESS_?KEY|CREDENTIAL|_DSN$|DATABASE_URL", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    /// <summary>Words and numbers too plain to be secrets; redacting them would eat the report.</summary>
    [GeneratedRegex("^(true|false|none|null|[0-9]{1,5}|localhost)$", RegexOptions.IgnoreCase)]
    private static partial Regex Plain();
}
