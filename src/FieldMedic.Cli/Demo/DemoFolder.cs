using System.Diagnostics;
using System.Globalization;

namespace FieldMedic.Cli.Demo;

/// <summary>The folder of one demo: queue, pid files, logs, and the port of the api.</summary>
internal sealed class DemoFolder(string path)
{
    public const string Api = "api";
    public const string Worker = "worker";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Queue => File("queue.db");

    public string WorkerConfiguration => File("worker.conf");

    public int Port
    {
        get => int.Parse(System.IO.File.ReadAllText(File("api.port")), CultureInfo.InvariantCulture);
        set => System.IO.File.WriteAllText(File("api.port"), value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The apphost of this program, which the pack's argv name.</summary>
    public static string Executable { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "fieldmedic.exe" : "fieldmedic");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Starts one of the processes; it announces itself by a pid file and outlives the caller.</summary>
    public Process Launch(string name)
    {
        if (name is not (Api or Worker))
        {
            throw new ArgumentException($"'{name}' is not a process of the demo.", nameof(name));
        }

        var start = new ProcessStartInfo(Executable) { WorkingDirectory = Path, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("demo-system");
        start.ArgumentList.Add(name);
        start.ArgumentList.Add(Path);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{Executable} could not be started.");
        System.IO.File.WriteAllText(File(name + ".pid"), process.Id.ToString(CultureInfo.InvariantCulture));
        return process;
    }

    /// <summary>The live process of a name; null when there is none.</summary>
    public DemoProcess? ProcessOf(string name)
        => System.IO.File.Exists(File(name + ".pid")) && int.TryParse(System.IO.File.ReadAllText(File(name + ".pid")), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? DemoProcess.Find(pid)
            : null;

    /// <summary>Whether the demo that owns this folder still runs; its processes end when it does not.</summary>
    public bool HasOwner => ProcessOf("demo") is not null;

    /// <summary>What a process wrote into its log so far.</summary>
    public string LogOf(string name) => System.IO.File.Exists(File(name + ".log")) ? System.IO.File.ReadAllText(File(name + ".log")).Trim() : "empty";

    public void Log(string name, string line) => System.IO.File.AppendAllText(File(name + ".log"), $"{TimeProvider.System.GetUtcNow():HH:mm:ss} {line}\n");
}
