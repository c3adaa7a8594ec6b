namespace FieldMedic.Cli.Tests;

public sealed class RefusalTests
{
    [Theory]
    [InlineData(64, "did you mean 'support'?", "suport 1")]
    [InlineData(64, "--wrong", "status --wrong")]
    [InlineData(64, "ISSUE", "support")]
    [InlineData(64, "'abc' is not an issue", "support abc")]
    [InlineData(64, "'0' is not an issue", "support 0")]
    [InlineData(64, "other/repo", "support https://localhost/other/repo/issues/3")]
    [InlineData(64, "not the address of an issue", "support https://localhost/acme/maps/pull/3")]
    [InlineData(64, "Name one problem or use --auto", "remediate")]
    [InlineData(64, "Name one problem or use --auto", "remediate door_shut --auto")]
    [InlineData(64, "'nonsense' is not a problem of this pack. It knows: door_shut", "remediate nonsense")]
    [InlineData(64, "'nonsense' is not a service", "remediate door_shut --service nonsense")]
    [InlineData(64, "There is no incident 'INC-0'", "incidents show INC-0")]
    [InlineData(64, "nowhere.yaml does not exist", "status --config nowhere.yaml")]
    [InlineData(64, "FM1001", "status --pack nowhere")]
    [InlineData(64, "is not an http(s) address", "status --api-url nonsense")]
    [InlineData(64, "'nope' is not a scenario", "demo --scenario nope")]
    public async Task Run_BadInput_SaysWhatIsWrong(int code, string says, string arguments)
    {
        await using var desk = await Desk.OpenAsync();

        var ran = await desk.RunAsync(arguments.Split(' '));
        var json = await desk.RunAsync([.. arguments.Split(' '), "--json"]);

        ran.Code.ShouldBe(code, ran.All);
        ran.Error.ShouldContain(says);
        ran.All.ShouldNotContain("   at ");
        json.Code.ShouldBe(code);
        json.Text("outcome").ShouldBe("failed");
    }

    [Theory]
    [InlineData("GITHUB_TOKEN", null, 64, "No GitHub token")]
    [InlineData("GITHUB_REPOSITORY", null, 64, "No repository")]
    [InlineData("GITHUB_REPOSITORY", "nonsense", 64, "is not owner/name")]
    [InlineData("GITHUB_API_URL", "http://127.0.0.1:9/", 75, "")]
    [InlineData("FIELDMEDIC_STORE", "/proc/nowhere/journal.db", 75, "cannot be opened")]
    public async Task Support_BadSetting_SaysWhichAndWhatToDo(string name, string? value, int code, string says)
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment[name] = value;

        var ran = await desk.RunAsync("support", "1", "--json");

        ran.Code.ShouldBe(code, ran.All);
        ran.Text("error")!.ShouldContain(says);
        ran.All.ShouldNotContain(Desk.Token);
    }

    [Fact]
    public async Task Support_WrongToken_SaysSo()
    {
        await using var desk = await Desk.OpenAsync();
        desk.GitHub.Access.AcceptOnlyKnownTokens();

        var ran = await desk.RunAsync("support", "1", "--json");

        ran.Text("error")!.ShouldContain("401");
        ran.All.ShouldNotContain(Desk.Token);
    }

    [Fact]
    public async Task Configuration_MistakesHaveTheirPlace()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Write("fieldmedic.yaml", "repository: acme/maps\nrepositry: acme/maps\n");
        (await desk.RunAsync("status")).Error.ShouldContain("fieldmedic.yaml:2:1: 'repositry' is not a setting");

        desk.Write("fieldmedic.yaml", "repository: [unclosed\n");
        (await desk.RunAsync("status")).Error.ShouldContain("fieldmedic.yaml:");

        File.Delete(Path.Combine(desk.Folder, "fieldmedic.yaml"));
        desk.Write(".env", "GITHUB_REPOSITORY=acme/maps\nsecret-that-lost-its-name\n");
        var ran = await desk.RunAsync("status");
        ran.Code.ShouldBe(64);
        ran.Error.ShouldContain(".env:2:1");
        ran.Error.ShouldNotContain("secret-that-lost-its-name");
    }

    [Theory]
    [InlineData("systems: one", "fieldmedic.yaml:1:1: 'systems' is not a setting")]
    [InlineData("systems:\n  one: pack", "fieldmedic.yaml:2:3: the system 'one' needs at least 'pack: …'")]
    [InlineData("systems:\n  one: { repository: acme/maps }", "fieldmedic.yaml:2:3: the system 'one' has no 'pack'")]
    [InlineData("systems:\n  One: { pack: pack }", "fieldmedic.yaml:2:3: 'One' is no name of a system")]
    [InlineData("systems:\n  [one]: { pack: pack }", "fieldmedic.yaml:2:3: '' is no name of a system")]
    [InlineData("systems:\n  one: { pack: pack }\n  one: { pack: pack }", "fieldmedic.yaml:3:3: the system 'one' is here for the second time")]
    [InlineData("systems:\n  one: { pack: pack, systems: { two: { pack: pack } } }", "fieldmedic.yaml:2:22: 'systems' is not a setting of a system (known: pack, repository, docker, variables)")]
    [InlineData("systems:\n  one: { pack: pack, poll: 60s }", "fieldmedic.yaml:2:22: 'poll' is not a setting of a system")]
    [InlineData("systems:\n  one: { pack: [pack] }", "fieldmedic.yaml:2:16: 'pack' must be a text")]
    [InlineData("systems:\n  one: { pack: pack", "fieldmedic.yaml:")]
    public async Task Configuration_OfSeveralSystems_MistakesHaveTheirPlace(string text, string place)
    {
        await using var desk = await Desk.OpenAsync();
        desk.Write("fieldmedic.yaml", text + "\n");

        var ran = await desk.RunAsync("status");

        ran.Code.ShouldBe(64, ran.All);
        ran.Error.ShouldContain(place);
        ran.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Systems_WithoutSayingWhich_RefusesAndNamesThem()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Write("fieldmedic.yaml", "systems:\n  front: { pack: pack }\n  back: { pack: pack, variables: { WHICH: back } }\n");

        var unsaid = await desk.RunAsync("status");
        var unknown = await desk.RunAsync("status", "--system", "side");
        var said = await desk.RunAsync("status", "--system", "back", "--json");

        unsaid.Code.ShouldBe(64, unsaid.All);
        unsaid.Error.ShouldContain("--system: front, back");
        unknown.Code.ShouldBe(64, unknown.All);
        unknown.Error.ShouldContain("It knows: front, back.");
        said.Code.ShouldBe(0, said.All);
        said.Text("system").ShouldBe("back");

        desk.Write("fieldmedic.yaml", "systems:\n  only: { pack: pack }\n");
        (await desk.RunAsync("status", "--json")).Text("system").ShouldBe("only");
    }

    [Fact]
    public async Task Configuration_FlagsOutrankEnvironmentOutranksFiles()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment["FIELDMEDIC_PACK"] = null;
        desk.Write("fieldmedic.yaml", "pack: nowhere-file\n");
        (await desk.RunAsync("status")).Error.ShouldContain("nowhere-file");

        desk.Write(".env", "FIELDMEDIC_PACK=nowhere-dotenv\n");
        (await desk.RunAsync("status")).Error.ShouldContain("nowhere-dotenv");

        desk.Environment["FIELDMEDIC_PACK"] = "nowhere-environment";
        (await desk.RunAsync("status")).Error.ShouldContain("nowhere-environment");

        (await desk.RunAsync("status", "--pack", "pack")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task PackValidate_ReportsEveryMistakeWithPlaceAndCode()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Write("pack/pack.yaml", "system: tiny\ntitel: Tiny\nprobes: {}\nproblems: {}\n");

        var ran = await desk.RunAsync("pack", "validate", "pack");
        var json = await desk.RunAsync("pack", "validate", "pack", "--json");

        ran.Code.ShouldBe(1, ran.All);
        ran.Output.ShouldContain("pack.yaml:2:1: error FM1012");
        json.Json.GetProperty("valid").GetBoolean().ShouldBeFalse();
        (await desk.RunAsync("pack", "schema")).Output.ShouldStartWith("{");
    }
}
