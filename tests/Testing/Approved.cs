using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace FieldMedic.Testing;

/// <summary>
/// Compares what people read with an approved file beside the test. When different it writes <c>NAME.received.md</c> and fails;
/// FIELDMEDIC_APPROVE=1 accepts what was received. Incident ids carry randomness and are masked.
/// </summary>
public static partial class Approved
{
    public static void Check(string received, string name, [CallerFilePath] string caller = "")
    {
        ArgumentNullException.ThrowIfNull(received);
        var folder = Path.GetDirectoryName(caller)!;
        var approvedFile = Path.Combine(folder, $"{name}.approved.md");
        var receivedFile = Path.Combine(folder, $"{name}.received.md");
        var masked = RandomPart().Replace(received, "$1-xxxxxx").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("FIELDMEDIC_APPROVE") == "1")
        {
            File.WriteAllText(approvedFile, masked);
        }

        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile).ReplaceLineEndings("\n") : "";
        if (approved == masked)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, masked);
        throw new InvalidOperationException($"{name} is not as approved. {FirstDifference(approved, masked)}\nReceived: {receivedFile}\nFIELDMEDIC_APPROVE=1 accepts it.");
    }

    private static string FirstDifference(string approved, string received)
    {
        var (left, right) = (approved.Split('\n'), received.Split('\n'));
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
        {
            line++;
        }

        return $"Line {line + 1}:\n- {left.ElementAtOrDefault(line)}\n+ {right.ElementAtOrDefault(line)}";
    }

    [GeneratedRegex(@"(INC-\d{8}-\d{6})-[0-9a-f]{6}")]
    private static partial Regex RandomPart();
}
