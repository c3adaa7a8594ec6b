using System.Runtime.CompilerServices;

namespace FieldMedic.Packs.Tests;

/// <summary>Compares with a text file that a person has read; a mismatch leaves a <c>.received</c> file next to it.</summary>
internal static class ApprovedText
{
    public static void Check(string name, string actual, [CallerFilePath] string caller = "")
        => CheckFile(Path.Combine(Path.GetDirectoryName(caller)!, "Approved", $"{name}.approved.txt"), actual);

    /// <summary>For files that have another place than the tests' folder; relative to the repository.</summary>
    public static void CheckInRepository(string path, string actual, [CallerFilePath] string caller = "")
        => CheckFile(InRepository(path, caller), actual);

    public static string InRepository(string path, [CallerFilePath] string caller = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", path));

    private static void CheckFile(string approved, string actual)
    {
        var received = approved + ".received";
        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(approved)!);
        File.WriteAllText(received, actual);
        Assert.Fail($"{approved} is not what came out. Read {received}; if it is right, let it take the other's place.\n{actual}");
    }
}
