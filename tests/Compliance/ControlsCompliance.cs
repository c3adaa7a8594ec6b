using FieldMedic.Journal;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FieldMedic.Compliance;

/// <summary>What every implementation of the kill switch must do.</summary>
public abstract class ControlsCompliance
{
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Opens the controls; the second call in a test opens the same ones again, as another process would.</summary>
    protected abstract Task<IControls> OpenAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pause_OneSystem_LeavesOthersAlone()
    {
        var controls = await OpenAsync();
        await controls.PauseAsync("sys", "operator", Token);

        (await (await OpenAsync()).PausedAsync("sys", Token)).ShouldNotBeNull().ShouldMatch(@"^by operator at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        (await controls.PausedAsync("other", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Pause_All_CoversEverySystemUntilResume()
    {
        var controls = await OpenAsync();
        await controls.PauseAsync("*", "operator", Token);
        (await controls.PausedAsync("sys", Token)).ShouldNotBeNull();

        await controls.ResumeAsync("sys", "operator", Token);
        (await controls.PausedAsync("sys", Token)).ShouldNotBeNull();

        await controls.ResumeAsync("*", "operator", Token);
        (await controls.PausedAsync("sys", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Pause_Twice_KeepsWhoPausedFirst()
    {
        var controls = await OpenAsync();
        await controls.PauseAsync("sys", "first", Token);
        await controls.PauseAsync("sys", "second", Token);

        (await controls.PausedAsync("sys", Token)).ShouldNotBeNull().ShouldStartWith("by first ");
        await controls.ResumeAsync("sys", "third", Token);
        await controls.ResumeAsync("sys", "third", Token);
        (await controls.PausedAsync("sys", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task History_OfChanges_NamesWhoMadeThemNewestFirst()
    {
        var controls = await OpenAsync();
        await controls.PauseAsync("sys", "first", Token);
        await controls.PauseAsync("sys", "second", Token);
        await controls.PauseAsync("other", "somebody", Token);
        await controls.ResumeAsync("sys", "third", Token);
        await controls.ResumeAsync("sys", "fourth", Token);
        await controls.PauseAsync("*", "fifth", Token);

        var history = await (await OpenAsync()).HistoryAsync("sys", 10, Token);

        history.Select(c => (c.System, c.By, c.IsPause)).ShouldBe([("*", "fifth", true), ("sys", "third", false), ("sys", "first", true)]);
        history.ShouldAllBe(c => c.At > DateTimeOffset.UnixEpoch);
        (await controls.HistoryAsync("sys", 1, Token)).ShouldHaveSingleItem().By.ShouldBe("fifth");
    }
}
