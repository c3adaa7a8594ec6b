using FieldMedic.Bench.Faults;
using Shouldly;
using Xunit;

namespace FieldMedic.Bench.Tests.Faults;

public sealed class ScenarioTests : IDisposable
{
    // The closed catalogue.
    private static readonly string[] Kinds =
    [
        "worker_down", "database_down", "service_down", "stuck_queue", "disk_space", "memory_limit", "upload_sync_failure", "missing_image", "storage_down", "performance",
        "ssl_expired", "configuration", "scheduler_down", "code_bug", "user_permissions", "client_side", "question", "feature_request", "unknown", Judge.None,
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("fieldmedic-bench-tests-").FullName;

    private static IReadOnlyList<Scenario> All => Scenario.ReadAll(Path.Combine(AppContext.BaseDirectory, "scenarios"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadAll_TheSet_IsWholeAndHalfOfTheRestIsNotToBeTouched()
    {
        All.Count(s => s.Id.StartsWith('F')).ShouldBe(18);
        All.Count(s => !s.Id.StartsWith('F')).ShouldBeGreaterThanOrEqualTo(20);
        var others = All.Where(s => !s.Id.StartsWith('F')).ToList();
        (others.Count(s => s.IsDoNotTouch) * 2).ShouldBeGreaterThanOrEqualTo(others.Count);
    }

    [Fact]
    public void ReadAll_TheSet_NamesCausesOfTheCatalogueOnly() => All.SelectMany(s => s.Kinds).Except(Kinds).ShouldBeEmpty();

    [Fact]
    public void ReadAll_TheSet_SeesEachFault() => All.Where(s => s.Visible == "true").Select(s => s.Id).ShouldBeEmpty();

    [Fact]
    public void Read_UnknownKey_NamesTheFile()
        => Should.Throw<FormatException>(() => Read("title: a\nclass: b\nissue: { title: c }\nreaction: none\nrepair: yes")).Message.ShouldContain("scenario.yaml");

    [Fact]
    public void Read_RepairWithoutDeeds_IsRefused()
        => Should.Throw<FormatException>(() => Read("title: a\nclass: b\nissue: { title: c }\nreaction: fix")).Message.ShouldContain("deeds");

    [Fact]
    public void Read_NothingWrongWithDeeds_IsRefused()
        => Should.Throw<FormatException>(() => Read("title: a\nclass: b\nissue: { title: c }\nreaction: none\ndeeds: [ start db-1 ]")).Message.ShouldContain("deeds");

    [Fact]
    public void Allows_Glob_StandsForNamesOnly()
    {
        var scenario = Make.Scenario(Reaction.Fix, "start worker_wrapper-*");

        scenario.Allows("start worker_wrapper-2").ShouldBeTrue();
        scenario.Allows("restart worker_wrapper-2").ShouldBeFalse();
        scenario.Allows("start app-1").ShouldBeFalse();
    }

    private Scenario Read(string yaml)
    {
        File.WriteAllText(Path.Combine(_folder, "scenario.yaml"), yaml);
        return Scenario.Read(_folder);
    }
}
