using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FieldMedic.Testing;

/// <summary>
/// A real PostgreSQL of our own on a loopback port, in a folder of its own, with passwords asked for. It ends with the test. The server
/// refuses to run as root, so root starts it as somebody else.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Of the role <see cref="User"/>, with everything that is awkward in a connection string.</summary>
    public const string Password = "s3cret;pass='wo rd\"%40&x=1";

    public const string User = "medic";
    public const string Database = "care";
    private const string Admin = "admin";
    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    private static readonly string Account = File.ReadAllLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldmedic-postgres-").FullName;
    private Process? _process;

    private PostgresServer()
    {
    }

    public int Port { get; } = FreePort();

    /// <summary>How the product reaches it, without the password.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Database={Database};Username={User}");

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Why there can be none; null when there can.</summary>
    public static string? WhyNot()
        => Programs is not null ? null
            : Environment.GetEnvironmentVariable("FIELDMEDIC_REQUIRE_POSTGRES") == "1" ? throw new InvalidOperationException("FIELDMEDIC_REQUIRE_POSTGRES=1, and there is no PostgreSQL server")
            : "needs a PostgreSQL server (package postgresql)";

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        var passwords = Path.Combine(server._folder, "passwords");
        await File.WriteAllTextAsync(passwords, Password + "\n");
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", ["-R", Account, server._folder]);
        }

        await server.RunAsSomebodyAsync("initdb", "-D", server.Data, "-U", Admin, "--auth=scram-sha-256", $"--pwfile={passwords}", "--encoding=UTF8", "--locale=C", "--no-sync");
        await server.UpAsync();
        await server.SqlAsync($"CREATE ROLE {User} LOGIN PASSWORD '{Password.Replace("'", "''", StringComparison.Ordinal)}'");
        await server.SqlAsync($"CREATE DATABASE {Database} OWNER {User}");
        return server;
    }

    /// <summary>Runs SQL as the server's administrator and gives what it prints.</summary>
    public Task<string> SqlAsync(string sql, string database = "postgres") => RunAsync(
        Path.Combine(Programs!, "psql"),
        ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", Admin, "-d", database, "-c", sql],
        ("PGPASSWORD", Password));

    public async Task UpAsync()
    {
        var start = AsSomebody(
            "postgres",
            "-D",
            Data,
            "-p",
            Port.ToString(CultureInfo.InvariantCulture),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            $"unix_socket_directories={_folder}",
            "-c",
            "shared_buffers=16MB");
        // Its log goes to a file; exec, so that the id stays the server's.
        _process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >>log 2>&1", "sh", start.FileName, .. start.ArgumentList]) { WorkingDirectory = _folder })!;
        for (var i = 0; i < 500 && !_process.HasExited; i++)
        {
            try
            {
                await SqlAsync("SELECT 1");
                return;
            }
            catch (InvalidOperationException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            }
        }

        throw new InvalidOperationException($"PostgreSQL did not come up: {await File.ReadAllTextAsync(Path.Combine(_folder, "log"))}");
    }

    /// <summary>Ends it as an administrator does (fast shutdown), or kills it as a power cut would.</summary>
    public async Task DownAsync(bool isCrash = false)
    {
        if (_process is not { HasExited: false } process)
        {
            return;
        }

        var children = isCrash ? await RunAsync("pgrep", ["-P", process.Id.ToString(CultureInfo.InvariantCulture)]) : "";
        await RunAsync("kill", [isCrash ? "-KILL" : "-INT", process.Id.ToString(CultureInfo.InvariantCulture), .. children.Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>Stands still (or goes on): connections are accepted and nothing comes back.</summary>
    public async Task FreezeAsync(bool isFrozen)
    {
        var parent = _process!.Id.ToString(CultureInfo.InvariantCulture);
        var children = await RunAsync("pgrep", ["-P", parent]);
        await RunAsync("kill", [isFrozen ? "-STOP" : "-CONT", parent, .. children.Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }

    public async ValueTask DisposeAsync()
    {
        await DownAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<string> RunAsSomebodyAsync(string program, params string[] arguments) => RunAsync(AsSomebody(program, arguments));

    private ProcessStartInfo AsSomebody(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        return Environment.UserName == "root"
            ? new ProcessStartInfo("setpriv", [$"--reuid={Account}", "--clear-groups", path, .. arguments]) { WorkingDirectory = _folder }
            : new ProcessStartInfo(path, arguments) { WorkingDirectory = _folder };
    }

    private static Task<string> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return RunAsync(start);
    }

    private static async Task<string> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {await error}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
