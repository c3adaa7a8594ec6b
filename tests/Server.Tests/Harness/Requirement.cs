namespace FieldMedic.Server.Tests.Harness;

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
}
