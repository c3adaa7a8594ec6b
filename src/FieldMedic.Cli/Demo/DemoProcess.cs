using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace FieldMedic.Cli.Demo;

/// <summary>One live process of the demo, by its pid.</summary>
/// <param name="StartedAt">
/// Seconds since the machine started. Not since 1970: each process that asks reckons that anew from two clocks and comes out some
/// milliseconds apart, which would look like a restart.
/// </param>
internal sealed record DemoProcess(int Pid, double StartedAt)
{
    private const int SigStop = 19;

    /// <summary>Null when there is no such process, or only its remains (a zombie).</summary>
    public static DemoProcess? Find(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            if (process.HasExited || Stat(pid) is ['Z' or 'X', ..])
            {
                return null;
            }

            return new DemoProcess(pid, StartOf(process));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public void Kill()
    {
        try
        {
            using var process = Process.GetProcessById(Pid);
            process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // Gone already.
        }
    }

    /// <summary>Freezes it: it keeps its port and answers nothing.</summary>
    public void Freeze()
    {
        if (Signal(Pid, OperatingSystem.IsMacOS() ? 17 : SigStop) != 0)
        {
            throw new InvalidOperationException($"Process {Pid} could not be frozen.");
        }
    }

    private static double StartOf(Process process)
        => Stat(process.Id) is { } stat
            ? long.Parse(stat.Split(' ')[19], CultureInfo.InvariantCulture) / 100d
            : Math.Round((process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);

    /// <summary>Linux's line about a process, from its state on (the name before that may hold anything); null elsewhere.</summary>
    private static string? Stat(int pid)
    {
        var file = $"/proc/{pid}/stat";
        if (!OperatingSystem.IsLinux() || !File.Exists(file))
        {
            return null;
        }

        var text = File.ReadAllText(file);
        return text[(text.LastIndexOf(')') + 2)..];
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int pid, int signal);
}
