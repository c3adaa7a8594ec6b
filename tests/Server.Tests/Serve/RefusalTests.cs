using FieldMedic.Cli.Tests;

namespace FieldMedic.Server.Tests.Serve;

public sealed class RefusalTests
{
    [Fact]
    public async Task Serve_WithoutSecret_RefusesAndSaysWhatToDo()
    {
        await using var desk = await Desk.OpenAsync();

        var ran = await desk.RunAsync("serve");

        ran.Code.ShouldBe(64);
        ran.Error.ShouldContain("FIELDMEDIC_WEBHOOK_SECRET");
        ran.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Serve_BlankSecret_Refuses()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = "  ";

        (await desk.RunAsync("serve")).Code.ShouldBe(64);
    }

    [Theory]
    [InlineData("--no-webhook", "--poll")]
    [InlineData("--listen x", "--listen")]
    [InlineData("--listen https://127.0.0.1:1", "--listen")]
    [InlineData("--metrics x", "--metrics")]
    [InlineData("--metrics https://127.0.0.1:1", "--metrics")]
    [InlineData("--poll soon", "--poll")]
    [InlineData("--poll 1ms", "--poll")]
    [InlineData("--cluster 127.0.0.1:6379", "redis://127.0.0.1:6379")]
    [InlineData("--cluster redis://127.0.0.1:6379/one", "--cluster")]
    [InlineData("--cluster redis://medic:secret@127.0.0.1", "FIELDMEDIC_CLUSTER_PASSWORD")]
    [InlineData("--cluster redis://127.0.0.1:1 --cluster-listen here", "--cluster-listen")]
    [InlineData("--cluster redis://127.0.0.1:1 --cluster-listen 0.0.0.0:11111", "--cluster-listen")]
    [InlineData("--cluster redis://127.0.0.1:1 --cluster-listen 10.0.0.5:11111", "--cluster-private-network")]
    [InlineData("--cluster redis://127.0.0.1:1", "FIELDMEDIC_STORE=postgres://")]
    public async Task Serve_ThatCannotBeMeant_RefusesAndNamesTheOption(string arguments, string names)
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = "secret";

        var ran = await desk.RunAsync(["serve", .. arguments.Split(' ')]);

        ran.Code.ShouldBe(64, ran.All);
        ran.Error.ShouldContain(names);
    }

    [Fact]
    public async Task Serve_WithoutRepository_Refuses()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment["GITHUB_REPOSITORY"] = null;
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = "secret";

        var ran = await desk.RunAsync("serve");

        ran.Code.ShouldBe(64);
        ran.Error.ShouldContain("GITHUB_REPOSITORY");
    }

    [Fact]
    public async Task Serve_AddressTaken_RefusesAndSaysSo()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = "secret";

        var ran = await desk.RunAsync("serve", "--listen", desk.GitHub.Url.GetLeftPart(UriPartial.Authority));

        ran.Code.ShouldBe(64, ran.All);
        ran.Error.ShouldContain("--listen");
    }
}
