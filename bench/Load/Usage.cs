using System.Diagnostics;
using System.Globalization;

namespace FieldMedic.Bench.Load;

/// <summary>What this process, and the processes it started, have used.</summary>
internal static class Usage
{
    /// <summary>Seconds of a core, ended children included.</summary>
    public static double ProcessorSeconds()
    {
        // After the name in brackets: the 12th to 15th fields are utime, stime, cutime and cstime in hundredths of a second.
        var fields = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields[11..15].Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) / 100;
    }

    /// <summary>Bytes that are reachable, after everything else was collected.</summary>
    public static long Heap() => GC.GetTotalMemory(forceFullCollection: true);

    /// <summary>Bytes of memory the machine has given to this process.</summary>
    public static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    public static int Threads()
    {
        using var self = Process.GetCurrentProcess();
        return self.Threads.Count;
    }
}
