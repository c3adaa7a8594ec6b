using System.Diagnostics;

namespace FieldMedic.Platform.Tests.Disk;

/// <summary>
/// A Docker daemon of our own on a small disk of its own (a file as a loop device): what a clean-up test removes by mistake hurts nobody.
/// Its images are made of three files of this machine.
/// </summary>
public sealed class PrivateDaemon : IAsyncLifetime
{
    private readonly string _folder = Path.Combine("/tmp", $"fmd-{Random.Shared.Next():x8}");
    private Process? _daemon;
    private string? _missing;

    public string Root => Path.Combine(_folder, "data");

    public string Endpoint => $"unix://{_folder}/docker.sock";

    public async ValueTask InitializeAsync()
    {
        foreach (var tool in new[] { "dockerd", "mkfs.ext4", "mount", "unshare", "docker" })
        {
            if ((await TryAsync("sh", "-c", $"PATH=$PATH:/usr/sbin:/sbin command -v {tool}")).ExitCode != 0)
            {
                _missing = $"needs {tool}";
                return;
            }
        }

        if (Environment.UserName != "root")
        {
            _missing = "needs root for a daemon of its own";
            return;
        }

        Directory.CreateDirectory(Root);
        await MustAsync("sh", "-c", $"truncate -s 220M {_folder}/disk && PATH=$PATH:/usr/sbin mkfs.ext4 -q -m 0 {_folder}/disk && mount -o loop {_folder}/disk {Root}");
        // In a network namespace of its own: with --bridge=none a daemon takes away the bridge of the others.
        var start = new ProcessStartInfo("unshare") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "--net", "dockerd", "-H", Endpoint, "--data-root", Root, "--exec-root", $"{_folder}/exec", "-p", $"{_folder}/pid", "--bridge=none", "--iptables=false", "--log-level=error" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin";
        _daemon = Process.Start(start)!;
        _ = _daemon.StandardError.ReadToEndAsync();
        _ = _daemon.StandardOutput.ReadToEndAsync();
        await Eventually.Async(async () => (await TryAsync("docker", "version")).ExitCode, code => code == 0);
        // Enough to run: true, sleep, and what they need.
        await MustAsync("sh", "-c", $"mkdir {_folder}/files && tar -chf {_folder}/files/base.tar -C / bin/true bin/sleep $(ldd /bin/sleep | grep -o '/[^ ]*' | sed 's|^/||')");
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
        {
            foreach (var id in (await TryAsync("docker", "ps", "-q")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                await TryAsync("docker", "kill", id);
            }

            await TryAsync("kill", "-TERM", _daemon.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await _daemon.WaitForExitAsync();
            _daemon.Dispose();
        }

        await TryAsync("umount", Root);
        if (Directory.Exists(_folder) && !File.Exists(Path.Combine(Root, "engine-id")) && !Directory.Exists(Path.Combine(Root, "image")))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Skips the test where such a daemon cannot be.</summary>
    public void Require()
    {
        if (Environment.GetEnvironmentVariable("FIELDMEDIC_REQUIRE_DOCKER") == "1")
        {
            _missing.ShouldBeNull();
        }

        Assert.SkipWhen(_missing is not null, _missing ?? "");
    }

    public Task<string> DockerAsync(params string[] arguments) => MustAsync("docker", arguments);

    /// <summary>Imports an image with so many bytes of its own; without a name it has none.</summary>
    public async Task<string> ImageAsync(string? name, int megabytes)
    {
        var tar = Path.Combine(_folder, "files", $"{Random.Shared.Next():x8}.tar");
        await MustAsync("sh", "-c", $"cp {_folder}/files/base.tar {tar} && head -c {megabytes}M /dev/urandom > {tar}.ballast && tar -rf {tar} -C {_folder}/files {Path.GetFileName(tar)}.ballast");
        return await DockerAsync(["import", tar, .. name is null ? Array.Empty<string>() : [name]]);
    }

    private async Task<string> MustAsync(string program, params string[] arguments)
    {
        var (exitCode, output, error) = await TryAsync(program, arguments);
        return exitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}");
    }

    private async Task<(int ExitCode, string Output, string Error)> TryAsync(string program, params string[] arguments)
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
