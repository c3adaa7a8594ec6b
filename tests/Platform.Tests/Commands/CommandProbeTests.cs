using System.Diagnostics;
using FieldMedic.Incidents;
using FieldMedic.Platform.Commands;

namespace FieldMedic.Platform.Tests.Commands;

public sealed class CommandProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("; touch x")]
    [InlineData("$(touch x)")]
    [InlineData("`touch x`")]
    [InlineData("a && touch x")]
    [InlineData("'\" | touch x > x")]
    [InlineData("*")]
    public async Task Measure_ShellCharactersInArgument_ArePassedAsTheyAre(string argument)
    {
        var snapshot = await LineAsync("printf", "%s", argument);

        snapshot["probe.line"].Text.ShouldBe(argument);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Measure_SecretInOwnEnvironment_IsNotInherited()
    {
        Environment.SetEnvironmentVariable("FIELDMEDIC_TEST_TOKEN", "must-not-leave");

        var snapshot = await MeasureAsync(new CommandProbeSettings { Argv = ["env"], Parse = CommandParse.Line, Env = new Dictionary<string, string>() });
        var all = await FixedCommand.RunAsync(["env"], _folder.Path, new Dictionary<string, string> { ["GIVEN"] = "yes" }, Token);

        snapshot.IsObservable.ShouldBeTrue();
        all.Output.ShouldNotContain("must-not-leave");
        all.Output.ShouldContain("GIVEN=yes");
        all.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')[0])
            .ShouldBeSubsetOf(["PATH", "HOME", "LANG", "TMPDIR", "DOTNET_ROOT", "DOCKER_CONFIG", "GIVEN"]);
    }

    [Fact]
    public async Task Measure_WorkingDirectory_IsThePackFolder()
        => (await LineAsync("pwd"))["probe.line"].Text.ShouldBe(_folder.Path);

    [Fact]
    public async Task Measure_ScriptBesideThePack_IsFoundThere()
    {
        _folder.Script("measure.sh", "echo 7");

        (await NumberAsync("./measure.sh"))["probe.value"].Number.ShouldBe(7);
    }

    [Fact]
    public async Task Measure_BareNameThatAlsoLiesInThePackFolder_IsTakenFromThePath()
    {
        _folder.Script("printf", "echo planted");

        (await LineAsync("printf", "%s", "genuine"))["probe.line"].Text.ShouldBe("genuine");
    }

    [Fact]
    public async Task Measure_MissingProgram_SaysWhichOne()
        => Failure(await LineAsync("no-such-program-here")).ShouldContain("no-such-program-here could not be started");

    [Fact]
    public async Task Measure_FolderAsProgram_IsUnknown()
        => Failure(await LineAsync("/tmp")).ShouldContain("/tmp could not be started");

    [Fact]
    public async Task Measure_NonZeroExit_IsUnknownWithLastLine()
    {
        var script = _folder.Script("bad.sh", "echo 5; echo 'the disk is on fire' >&2; exit 3");

        var snapshot = await NumberAsync(script);

        Failure(snapshot).ShouldContain("ended with 3: ");
        snapshot["probe.value"].IsUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Measure_NonZeroExitAsValue_IsObserved()
    {
        var snapshot = await MeasureAsync(new CommandProbeSettings { Argv = ["sh", "-c", "exit 3"], ExitCodeAsValue = true, Parse = CommandParse.Number });

        snapshot["probe.exit_code"].Number.ShouldBe(3);
        snapshot["probe.value"].IsUnknown.ShouldBeTrue();
    }

    [Theory]
    [InlineData("1e3", 1000d)]
    [InlineData("  -2.5\n", -2.5)]
    public async Task Measure_Number_IsRead(string output, double expected)
        => (await NumberAsync("printf", "%s", output))["probe.value"].Number.ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("12 jobs")]
    public async Task Measure_NotANumber_IsUnknown(string output)
        => (await NumberAsync("printf", "%s", output))["probe.value"].IsUnknown.ShouldBeTrue();

    [Fact]
    public async Task Measure_Json_FieldsKeepTheirKinds()
    {
        var snapshot = await MeasureAsync(new CommandProbeSettings { Argv = ["printf", "%s", """{"n": 2, "t": "up", "f": false, "x": null, "deep": {}, "big": 1e999}"""] });

        snapshot["probe.n"].ShouldBe(ObservedValue.Of(2));
        snapshot["probe.t"].ShouldBe(ObservedValue.Of("up"));
        snapshot["probe.f"].ShouldBe(ObservedValue.Of(false));
        snapshot["probe.x"].IsUnknown.ShouldBeTrue();
        snapshot["probe.deep"].IsUnknown.ShouldBeTrue();
        snapshot["probe.big"].IsUnknown.ShouldBeTrue();
        snapshot["probe.exit_code"].Number.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}")]
    public async Task Measure_BadJson_IsAFailureAndNothingIsObserved(string output)
    {
        var snapshot = await MeasureAsync(new CommandProbeSettings { Argv = ["printf", "%s", output] });

        snapshot.IsObservable.ShouldBeFalse();
        snapshot.Observations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_OutputOfAMegabyte_IsCappedAndDrained()
    {
        var ran = await FixedCommand.RunAsync(["sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x; head -c 1000000 /dev/zero | tr '\\0' y >&2; exit 4"], _folder.Path, new Dictionary<string, string>(), Token);

        ran.ExitCode.ShouldBe(4);
        ran.Output.Length.ShouldBe(64 * 1024);
        ran.Error.Length.ShouldBe(64 * 1024);
        ran.LastLine.Length.ShouldBe(200);
    }

    [Fact]
    public async Task Measure_StdIn_IsClosed()
        => (await LineAsync("cat"))["probe.line"].Text.ShouldBe("");

    [Fact]
    public async Task Measure_IgnoresTermAndSpawnsChildren_IsKilledAsATree()
    {
        var pids = _folder.File("pids");
        var script = _folder.Script("stubborn.sh", $"trap '' TERM; (trap '' TERM; echo $$ >> {pids}; sleep 61 & echo $! >> {pids}; wait) & echo $! >> {pids}; wait");

        var snapshot = await Connected.MeasureAsync(Connected.Pack(_folder.Path, Connected.Probe("probe", "command", new CommandProbeSettings { Argv = [script] }, seconds: 1)));

        Failure(snapshot).ShouldBe("no answer within 1 s");
        var started = File.ReadAllLines(pids);
        started.Length.ShouldBe(3);
        await Eventually.Async(() => started.All(p => !IsAlive(p)));
    }

    [Fact]
    public async Task Measure_LeavesAChildThatHoldsTheOutputOpen_EndsInTime()
    {
        var pids = _folder.File("pids");
        var script = _folder.Script("daemon.sh", $"sleep 62 & echo $! > {pids}; exit 0");

        var snapshot = await Connected.MeasureAsync(Connected.Pack(_folder.Path, Connected.Probe("probe", "command", new CommandProbeSettings { Argv = [script] }, seconds: 1)));

        var pid = File.ReadAllText(pids).Trim();
        Failure(snapshot).ShouldBe("no answer within 1 s");
        Process.GetProcessById(int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture)).Kill();
    }

    private static string Failure(Snapshot snapshot) => snapshot.Probes.Single().Failure.ShouldNotBeNull();

    private static bool IsAlive(string pid)
    {
        try
        {
            // A process that is dead but not yet collected has no command line.
            return File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Task<Snapshot> LineAsync(params string[] argv) => MeasureAsync(new CommandProbeSettings { Argv = argv, Parse = CommandParse.Line });

    private Task<Snapshot> NumberAsync(params string[] argv) => MeasureAsync(new CommandProbeSettings { Argv = argv, Parse = CommandParse.Number });

    private Task<Snapshot> MeasureAsync(CommandProbeSettings settings) => Connected.MeasureAsync(Connected.Pack(_folder.Path, Connected.Probe("probe", "command", settings)));
}
