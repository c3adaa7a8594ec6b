namespace FieldMedic.Cli.Tests.Store;

/// <summary>
/// The store's own disk, a real file system in a mount namespace of its own, is full, becomes full midway, or is read-only: nothing is done
/// that could not be announced, it is said clearly, and when there is room again it goes on.
/// </summary>
public sealed class OwnDiskTests
{
    private const string Fill = "dd if=/dev/zero of=state/fieldmedic/filler bs=4k 2>/dev/null";

    [Fact]
    public Task Remediate_DiskFull_DoesNothingAndGoesOnWhenThereIsRoom()
        => CheckAsync(look: "cat state.json", $"{Fill}; true", "rm state/fieldmedic/filler");

    [Fact]
    public Task Remediate_DiskBecomesFullMidway_DoesNothingAndGoesOnWhenThereIsRoom()
        => CheckAsync(look: $"[ -e ../roomy ] || (cd .. && {Fill}); cat state.json", "true", "touch roomy; rm state/fieldmedic/filler");

    [Fact]
    public Task Remediate_DiskReadOnly_DoesNothingAndGoesOnWhenItIsNot()
        => CheckAsync(look: "cat state.json", "mount -o remount,ro state/fieldmedic", "mount -o remount,rw state/fieldmedic");

    private static async Task CheckAsync(string look, string hurt, string heal)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting needs root");
        await using var desk = await Desk.OpenAsync();
        desk.Write("pack/look.sh", look + "\n");
        var pack = File.ReadAllText(Path.Combine(desk.Pack, "pack.yaml"));
        desk.Write("pack/pack.yaml", pack.Replace("argv: [cat, state.json]", "argv: [sh, look.sh]", StringComparison.Ordinal));
        desk.Door(isOpen: false);
        desk.Write("run.sh", $"""
            mkdir -p state/fieldmedic && mount -t tmpfs -o size=2m,mode=700 tmpfs state/fieldmedic || exit 90
            touch roomy; "$1" incidents > made 2>&1 || exit 91; rm roomy
            {hurt}
            "$1" remediate --auto > hurt 2>&1; echo $? > hurt.code
            cp pack/effects.log hurt.effects 2> /dev/null
            {heal}
            "$1" remediate --auto > healed 2>&1; echo $? > healed.code

            """);

        var ran = await Desk.EndAsync(desk.StartProgram("unshare", "--mount", "sh", "run.sh", Desk.Program));

        ran.Code.ShouldBe(0, ran.All);
        var said = Read("hurt");
        TestContext.Current.TestOutputHelper!.WriteLine($"{Read("hurt.code")}{said}\n{Read("healed.code")}{Read("healed")}");
        Read("hurt.code").Trim().ShouldNotBe("0");
        File.Exists(Path.Combine(desk.Folder, "hurt.effects")).ShouldBeFalse();
        said.ShouldMatch("(?i)disk is full|read-only", said);
        said.ShouldNotContain("   at ");
        Read("healed.code").Trim().ShouldBe("0", Read("healed"));
        desk.Effects().ShouldBe(1);

        string Read(string name) => File.ReadAllText(Path.Combine(desk.Folder, name));
    }
}
