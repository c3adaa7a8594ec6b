using System.Runtime.CompilerServices;

namespace FieldMedic.Packs.Tests;

/// <summary>Compares with a text file beside the tests that a person has read; a mismatch leaves a <c>.received.txt</c> next to it.</summary>
internal static class ApprovedText
{
    public static void Check(string name, string actual, [CallerFilePath] string caller = "")
    {
        var approved = Path.Combine(Path.GetDirectoryName(caller)!, "Approved", $"{name}.approved.txt");
        var received = Path.ChangeExtension(approved, null)[..^".approved".Length] + ".received.txt";
        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"{name} differs from what was approved. Read {received}; if it is right, rename it to .approved.txt.\n{actual}");
    }
}
