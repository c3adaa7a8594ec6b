using System.Text.RegularExpressions;
using FieldMedic.Testing;
using GitHubSimulator.State;

namespace FieldMedic.Cli.Tests;

/// <summary>What the doctor says, on the tiny system and the stand-in; Docker and ssh are looked at with the scenarios.</summary>
public sealed partial class DoctorTests
{
    private const string Long = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Doctor_AllWell_IsAsApproved()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = Long + "w";
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET_PREVIOUS"] = Long + "p";
        desk.Environment["FIELDMEDIC_MCP_HTTP_TOKEN"] = Long + "m";

        await CheckAsync(desk, 0, "doctor-well");

        (await desk.RunAsync("doctor", "--json")).Json.GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Doctor_NothingOptionalSet_SaysWhatIsOff()
    {
        await using var desk = await Desk.OpenAsync();

        await CheckAsync(desk, 0, "doctor-plain");
    }

    [Fact]
    public async Task Doctor_ShortSecretsAndWeakToken_SaysWhatToDoAndShowsNone()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = "hunter2-short";
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET_PREVIOUS"] = "hunter2-before";
        desk.Environment["FIELDMEDIC_MCP_HTTP_TOKEN"] = "hunter2-not-32-characters-long";
        desk.GitHub.Access.AddToken(Desk.Token, "lena", "read:org");
        desk.GitHub.Access.Grant(Desk.Repository, "lena", Permission.Read);

        var said = await CheckAsync(desk, 1, "doctor-weak");

        (said + (await desk.RunAsync("doctor", "--json")).All).ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Doctor_SecretsWithASpaceAtTheEnd_SaysThatTheyDoNotFit()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = Long + " ";
        desk.Environment["FIELDMEDIC_MCP_HTTP_TOKEN"] = " " + Long;

        await CheckAsync(desk, 1, "doctor-spaces");
    }

    [Fact]
    public async Task Doctor_NoTokenAndBrokenPack_SaysBoth()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment["GITHUB_TOKEN"] = null;
        desk.Write("pack/pack.yaml", "system: tiny\ntitel: Tiny\nprobes: {}\nproblems: {}\n");

        await CheckAsync(desk, 1, "doctor-broken");
    }

    private static async Task<string> CheckAsync(Desk desk, int code, string approved)
    {
        var ran = await desk.RunAsync("doctor");
        ran.Code.ShouldBe(code, ran.All);
        foreach (var secret in new[] { Desk.Token, Long })
        {
            ran.All.ShouldNotContain(secret);
        }

        var steady = Varying().Replace(ran.Output.Replace(desk.Folder, "FOLDER", StringComparison.Ordinal).Replace(desk.GitHub.Url.ToString(), "GITHUB/", StringComparison.Ordinal), "N $1");
        Approved.Check(steady, approved);
        return ran.All;
    }

    [GeneratedRegex("[0-9]+ (requests left|min|s off)")]
    private static partial Regex Varying();
}
