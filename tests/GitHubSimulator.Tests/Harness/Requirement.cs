namespace GitHubSimulator.Tests.Harness;

/// <summary>What a test needs from the machine. Where nothing may be skipped, its absence is a failure.</summary>
internal static class Requirement
{
    private static bool NothingMaySkip =>
        Environment.GetEnvironmentVariable("CI") == "true" || Environment.GetEnvironmentVariable("FIELDMEDIC_REQUIRE_DOCKER") == "1";

    public static void Need(bool isThere, string reason)
    {
        if (NothingMaySkip)
        {
            Assert.True(isThere, reason);
        }

        Assert.SkipUnless(isThere, reason);
    }

    public static string Program(string name)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        Need(path is not null, $"The program '{name}' is not installed.");
        return path!;
    }
}
