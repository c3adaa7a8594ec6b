using Microsoft.Extensions.Time.Testing;

namespace FieldMedic.GitHub.Tests;

public sealed class PulseTests : IDisposable
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);
    private readonly FakeTimeProvider _time = new();
    private readonly Pulse _pulse;

    public PulseTests() => _pulse = new Pulse(_time, isAlive: false);

    public void Dispose() => _pulse.Dispose();

    [Fact]
    public void Settle_WhileItBeats_IsNoWait()
    {
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.9));
            _pulse.SettleAsync(CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
            _pulse.Beat();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Settle_AfterAStandstill_GivesOthersTheTimeToCallItOff(bool hasBeatenAlready)
    {
        using var lost = new CancellationTokenSource();
        _time.Advance(TimeSpan.FromSeconds(20));
        if (hasBeatenAlready)
        {
            _pulse.Beat();
        }

        var settling = _pulse.SettleAsync(lost.Token);
        settling.IsCompleted.ShouldBeFalse();
        await lost.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => settling);
    }

    [Fact]
    public async Task Settle_AfterAStandstillNobodyMinds_GoesOn()
    {
        _time.Advance(TimeSpan.FromSeconds(20));
        var settling = _pulse.SettleAsync(CancellationToken.None);
        _time.Advance(Settling);

        await settling;
        _pulse.Beat();
        _time.Advance(Settling);
        _pulse.SettleAsync(CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
    }
}
