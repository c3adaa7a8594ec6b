using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Tests.Docker;

public sealed class LogErrorsTests
{
    [Fact]
    public void In_ControlCharacters_AreRemovedFromTheTemplate()
        => LogErrors.In(["\u001b[31mERROR\u001b[0m \u0007\u009b disk"]).Top.ShouldAllBe(c => !char.IsControl(c));

    [Fact]
    public void In_HugeLine_IsCutBeforeItIsRead()
    {
        var errors = LogErrors.In([new string('x', 5_000_000) + " ERROR late\nERROR " + new string('y', 5_000_000)]);

        errors.Count.ShouldBe(1);
        errors.Top.Length.ShouldBeLessThan(220);
    }

    [Fact]
    public void In_SameErrorWithOtherValues_IsOneCluster()
    {
        var errors = LogErrors.In(Enumerable.Range(0, 50).Select(i => $"2026-01-02T03:04:{i:00}.123Z ERROR job {i} \"name{i}\" at 0xdead{i:x} failed"));

        errors.Count.ShouldBe(50);
        errors.Clusters.ShouldBe(1);
    }

    [Fact]
    public void In_NoErrors_IsNothing()
        => LogErrors.In(["INFO 0 errors found", "", "terror at noon"]).ShouldBe(new LogErrors(0, 0, ""));
}
