using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FieldMedic.Cli.Demo;

/// <summary>One live process of the demo, by its pid.</summary>
/// <param name="StartedAt">Seconds since 1970.</param>
internal sealed record DemoProcess(int Pid, double StartedAt)
{
    private const int SigStop = 19;

    /// <summary>Null when there is no such process, or only its remains (a zombie).</summary>
    public static DemoProcess? Find(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            if (process.HasExited || IsZombie(pid))
            {
                return null;
            }

            return new DemoProcess(pid, Math.Round(new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000d, 1));
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

    private static bool IsZombie(int pid)
    {
        var stat = $"/proc/{pid}/stat";
        if (!OperatingSystem.IsLinux() || !File.Exists(stat))
        {
            return false;
        }

        var text = File.ReadAllText(stat);
        return text[(text.LastIndexOf(')') + 2)..] is ['Z' or 'X', ..];
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int pid, int signal);
}
