using GitHubSimulator.Tests.Harness;

namespace GitHubSimulator.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Run_Help_ExplainsItself()
    {
        var (exitCode, output, error) = await SimulatorProcess.RunAsync("--help");

        exitCode.ShouldBe(0);
        output.ShouldContain("--data DIR");
        error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--dta", "x")]
    [InlineData("--data")]
    [InlineData("extra")]
    public async Task Run_WrongArgument_IsRefused(params string[] arguments)
    {
        var (exitCode, output, error) = await SimulatorProcess.RunAsync(arguments);

        exitCode.ShouldBe(64);
        output.ShouldBeEmpty();
        error.ShouldContain("--help");
    }
}
