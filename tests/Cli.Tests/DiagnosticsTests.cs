using FieldMedic.Testing;

namespace FieldMedic.Cli.Tests;

/// <summary>Commands that only look, on the tiny system; on containers they are tested with the scenarios.</summary>
public sealed class DiagnosticsTests
{
    [Theory]
    [InlineData(true, 0, "sync-check-ready")]
    [InlineData(false, 1, "sync-check-not-ready")]
    public async Task SyncCheck_IsAsApproved(bool isOpen, int code, string approved)
    {
        await using var desk = await Desk.OpenAsync();
        desk.Door(isOpen);

        var ran = await desk.RunAsync("sync-check");
        var json = await desk.RunAsync("sync-check", "--json");

        (ran.Code, json.Code).ShouldBe((code, code));
        Approved.Check($"{ran.Output}\n---\n\n{json.Output}", approved);
        desk.Effects().ShouldBe(0);
    }

    [Fact]
    public async Task SyncCheck_CannotBeObserved_IsNotReady()
    {
        await using var desk = await Desk.OpenAsync();
        File.Delete(Path.Combine(desk.Pack, "state.json"));

        var ran = await desk.RunAsync("sync-check");

        ran.Code.ShouldBe(3);
        ran.Output.ShouldContain("SYNC NOT READY: door cannot be observed");
    }

    [Fact]
    public async Task SyncCheck_UnknownChain_SaysWhichThereAre()
    {
        await using var desk = await Desk.OpenAsync();

        var ran = await desk.RunAsync("sync-check", "--chain", "x");

        ran.Code.ShouldBe(64);
        ran.Error.ShouldContain("It knows: sync.");
    }

    [Theory]
    [InlineData("--since 5", "--since '5' is no time span")]
    [InlineData("--grep (x", "--grep '(x' is no expression")]
    [InlineData("--grep (?=x)", "look-around")]
    [InlineData("--lines 0", "--lines is at least 1")]
    [InlineData("--service cellar", "'cellar' is not a service of this pack. It knows: door.")]
    public async Task Logs_BadOption_IsSaid(string options, string message)
    {
        await using var desk = await Desk.OpenAsync();

        var ran = await desk.RunAsync(["logs", .. options.Split(' ')]);

        ran.Code.ShouldBe(64);
        ran.Error.ShouldContain(message);
    }

    [Fact]
    public async Task Logs_NoDocker_SaysSo()
    {
        await using var desk = await Desk.OpenAsync();

        var ran = await desk.RunAsync("logs");

        ran.Code.ShouldBe(3);
        ran.Error.ShouldContain("The pack uses no Docker");
    }

    [Fact]
    public async Task Prevention_NamesTheLastInterventions()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Door(isOpen: false);
        (await desk.RunAsync("remediate", "--auto")).Code.ShouldBe(0);

        var ran = await desk.RunAsync("prevention");

        ran.Output.ShouldContain("1 in 30 days");
        ran.Output.ShouldContain("open door done");
        ran.Output.ShouldContain("Nobody is named whom an escalation could mention.");
    }
}
