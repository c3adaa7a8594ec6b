using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FieldMedic.Testing;

/// <summary>A real sshd of our own on a loopback port: own host key, own authorized keys, own log. It ends with the test.</summary>
public sealed class Sshd : IAsyncDisposable
{
    private const string Program = "/usr/sbin/sshd";
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldmedic-sshd-").FullName;
    private readonly string _more;
    private Process? _process;

    private Sshd(string more) => _more = more;

    public int Port { get; } = FreePort();

    /// <summary>The private key that may log in.</summary>
    public string Identity => Path.Combine(_folder, "id");

    /// <summary>Holds the host's key.</summary>
    public string KnownHosts => Path.Combine(_folder, "known_hosts");

    public string AuthorizedKeys => Path.Combine(_folder, "authorized_keys");

    /// <summary>As a pack names it, with the account that runs the tests.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"ssh://{Environment.UserName}@127.0.0.1:{Port}");

    /// <summary>Why there can be none; null when there can.</summary>
    public static string? WhyNot()
        => File.Exists(Program) ? null
            : Environment.GetEnvironmentVariable("FIELDMEDIC_REQUIRE_SSHD") == "1" ? throw new InvalidOperationException("FIELDMEDIC_REQUIRE_SSHD=1, and there is no sshd")
            : "needs sshd (package openssh-server)";

    /// <param name="more">Further lines of its configuration.</param>
    public static async Task<Sshd> StartAsync(string more = "")
    {
        var sshd = new Sshd(more);
        // sshd reads the authorized keys as the account that logs in.
        File.SetUnixFileMode(sshd._folder, (UnixFileMode)0b111_101_101);
        await sshd.MakeKeyAsync("host_key");
        await sshd.MakeKeyAsync("id");
        File.Copy(sshd.Identity + ".pub", sshd.AuthorizedKeys);
        await sshd.TrustAsync();
        await sshd.UpAsync();
        return sshd;
    }

    /// <summary>Another key, as if the machine had been set up anew, or somebody else answered.</summary>
    public async Task ChangeHostKeyAsync()
    {
        await DownAsync();
        File.Delete(Path.Combine(_folder, "host_key"));
        await MakeKeyAsync("host_key");
        await UpAsync();
    }

    /// <summary>Writes the present host key into the file of known hosts.</summary>
    public async Task TrustAsync()
    {
        var key = (await File.ReadAllTextAsync(Path.Combine(_folder, "host_key.pub"))).Split(' ');
        await File.WriteAllTextAsync(KnownHosts, string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{Port} {key[0]} {key[1]}\n"));
    }

    /// <summary>An empty file of known hosts.</summary>
    public string KnowsNobody()
    {
        var file = Path.Combine(_folder, "knows_nobody");
        File.WriteAllText(file, "");
        return file;
    }

    public async Task UpAsync()
    {
        if (Environment.UserName == "root")
        {
            Directory.CreateDirectory("/run/sshd");
        }

        var config = Path.Combine(_folder, "sshd_config");
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {Path.Combine(_folder, "host_key")}
            PidFile {Path.Combine(_folder, "pid")}
            AuthorizedKeysFile {AuthorizedKeys}
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            LogLevel VERBOSE
            MaxStartups 100
            {(_more.Contains("PasswordAuthentication", StringComparison.Ordinal) ? "" : "PasswordAuthentication no\nKbdInteractiveAuthentication no")}
            {_more}

            """));
        _process = Process.Start(new ProcessStartInfo(Program, ["-D", "-f", config, "-E", Path.Combine(_folder, "log")]))!;
        for (var i = 0; i < 200; i++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            }
        }

        throw new InvalidOperationException($"sshd did not come up: {Log()}");
    }

    /// <summary>The server and every connection to it end.</summary>
    public async Task DownAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Kills the processes of all connections, as a broken network would; the server goes on. Gives how many there were.</summary>
    public int Cut()
    {
        var count = 0;
        foreach (var child in Children(_process!.Id).SelectMany(c => Children(c).Append(c)).ToList())
        {
            try
            {
                using var process = Process.GetProcessById(child);
                process.Kill();
                count++;
            }
            catch (ArgumentException)
            {
                // Ended by itself.
            }
        }

        return count;
    }

    /// <summary>The processes of all connections stand still (or go on): the network still takes what is sent, and nothing comes back.</summary>
    public async Task FreezeAsync(bool isFrozen)
    {
        foreach (var child in Children(_process!.Id).SelectMany(c => Children(c).Append(c)).ToList())
        {
            using var kill = Process.Start(new ProcessStartInfo("kill", [isFrozen ? "-STOP" : "-CONT", child.ToString(CultureInfo.InvariantCulture)]))!;
            await kill.WaitForExitAsync();
        }
    }

    /// <summary>How many logins succeeded so far.</summary>
    public int Logins() => Log().Split(" for ").Count(l => l.EndsWith("Accepted publickey", StringComparison.Ordinal) || l.EndsWith("Accepted password", StringComparison.Ordinal));

    public string Log()
    {
        using var file = new FileStream(Path.Combine(_folder, "log"), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public async ValueTask DisposeAsync()
    {
        await DownAsync();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task MakeKeyAsync(string name)
    {
        using var process = Process.Start(new ProcessStartInfo("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(_folder, name)]))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("ssh-keygen made no key");
        }
    }

    private static IEnumerable<int> Children(int parent)
    {
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                continue;
            }

            string stat;
            try
            {
                stat = File.ReadAllText($"{folder}/stat");
            }
            catch (IOException)
            {
                continue;
            }

            // The name stands in brackets and may hold anything; behind it come the state and the parent.
            if (stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == parent.ToString(CultureInfo.InvariantCulture))
            {
                yield return id;
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
