using FieldMedic.Testing;

namespace FieldMedic.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("fieldmedic")]
    [InlineData("support")]
    [InlineData("status")]
    [InlineData("remediate")]
    [InlineData("incidents")]
    [InlineData("kpi")]
    [InlineData("review")]
    [InlineData("watch")]
    [InlineData("pack")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("triage")]
    [InlineData("sync-check")]
    [InlineData("logs")]
    [InlineData("prevention")]
    [InlineData("mcp")]
    [InlineData("serve")]
    [InlineData("store")]
    [InlineData("doctor")]
    [InlineData("demo")]
    public async Task Help_IsAsApproved(string verb)
    {
        await using var desk = await Desk.OpenAsync();

        var ran = await desk.RunAsync(verb == "fieldmedic" ? ["--help"] : [verb, "--help"]);

        ran.Code.ShouldBe(0);
        Approved.Check(string.Join('\n', ran.Output.Split('\n').Select(l => l.TrimEnd())), $"help-{verb}");
    }

    [Fact]
    public async Task Version_IsOneLine()
    {
        await using var desk = await Desk.OpenAsync();

        (await desk.RunAsync("--version")).Output.Trim().ShouldStartWith("0.1.0");
    }
}
