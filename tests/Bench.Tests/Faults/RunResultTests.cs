using FieldMedic.Bench.Faults;
using Shouldly;
using Xunit;

namespace FieldMedic.Bench.Tests.Faults;

using RunResult = FieldMedic.Bench.Faults.RunResult;

/// <summary>The one row that compares medic and controls: by the system alone.</summary>
public sealed class RunResultTests
{
    private static readonly Scenario Fix = Make.Scenario(Reaction.Fix, "start nginx-1");
    private static readonly Scenario Escalate = Make.Scenario(Reaction.Escalate);

    [Fact]
    public void IsEndRight_WellAgainByMoreThanWasNeeded_IsRight() => Of(Fix, Make.Ending("restart nginx-1", "restart db-1")).IsEndRight.ShouldBeTrue();

    [Fact]
    public void IsEndRight_StillSick_IsWrong() => Of(Fix, Make.Ending("start nginx-1") with { Ailments = ["BAD site: the site gives 502"] }).IsEndRight.ShouldBeFalse();

    [Fact]
    public void IsEndRight_SomethingLost_IsWrong() => Of(Fix, Make.Ending("start nginx-1") with { Lost = ["volume qfc_minio_data"] }).IsEndRight.ShouldBeFalse();

    [Fact]
    public void IsEndRight_UntouchedAndFalselyClosed_IsRightForTheSystem() => Of(Escalate, Make.Ending()).IsEndRight.ShouldBeTrue();

    [Fact]
    public void IsEndRight_TouchedWhatIsForAPerson_IsWrong() => Of(Escalate, Make.Ending("restart nginx-1") with { IsClosed = false }).IsEndRight.ShouldBeFalse();

    private static RunResult Of(Scenario scenario, Ending ending)
        => new(scenario.Id, scenario.Class, "restart", 1, scenario.Reaction, Judge.Of(scenario, ending, namesCause: false), ending, new Dictionary<string, double>(), 5, 10);
}
