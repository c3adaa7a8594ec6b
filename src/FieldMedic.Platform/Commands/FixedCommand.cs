using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace FieldMedic.Platform.Commands;

/// <summary>
/// Runs a fixed argv: never a shell, never a string to be split, a minimal environment. When the token is cancelled the whole
/// process tree is killed.
/// </summary>
internal static class FixedCommand
{
    private const int Cap = 64 * 1024;
    private static readonly string[] Inherited = ["PATH", "HOME", "LANG", "TMPDIR", "DOTNET_ROOT", "DOCKER_CONFIG"];

    public static async Task<CommandOutput> RunAsync(
        IReadOnlyList<string> argv,
        string folder,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        if (argv.Count == 0 || string.IsNullOrWhiteSpace(argv[0]))
        {
            throw new IOException("The command is empty.");
        }

        var start = new ProcessStartInfo(Locate(argv[0], folder)) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in argv.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var name in Inherited.Where(n => Environment.GetEnvironmentVariable(n) is not null))
        {
            start.Environment[name] = Environment.GetEnvironmentVariable(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Launch(start, argv[0]);
        process.StandardInput.Close();
        try
        {
            var output = ReadAsync(process.StandardOutput, cancellationToken);
            var error = ReadAsync(process.StandardError, cancellationToken);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new CommandOutput(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            throw;
        }
    }

    /// <summary>
    /// As a shell does: a path is meant from the working folder, a bare name is looked up in PATH and nowhere else. The runtime would
    /// look beside FieldMedic itself and in its current folder first.
    /// </summary>
    private static string Locate(string program, string folder)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return Path.GetFullPath(program, folder);
        }

        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return places.Where(Path.IsPathRooted).Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists)
            ?? throw new IOException($"{program} could not be started: it is not in PATH.");
    }

    private static Process Launch(ProcessStartInfo start, string name)
    {
        try
        {
            return Process.Start(start) ?? throw new IOException($"{name} could not be started.");
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{name} could not be started: {e.Message}", e);
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            text.Append(buffer, 0, Math.Min(read, Cap - text.Length));
        }

        return text.ToString();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself in the same instant.
        }
    }
}
