using System.Collections.Concurrent;
using FieldMedic.Inbox;
using FieldMedic.Server.Dispatch;
using FieldMedic.Server.Tests.Harness;
using FieldMedic.Server.Webhooks;
using FieldMedic.Testing;
using FieldMedic.Tracker;
using Microsoft.Extensions.Logging.Abstractions;

namespace FieldMedic.Server.Tests.Dispatch;

public sealed class DispatcherTests : IAsyncDisposable
{
    private readonly LeapingTime _time = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40));
    private readonly InMemoryInbox _inbox = new(TimeProvider.System);
    private readonly CollectingHandler _handler = new();
    private readonly ConcurrentQueue<(string Id, string Outcome)> _finished = new();
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Dispatcher> _dispatchers = [];
    private InboxDoor? _door;
    private WorkInProgress? _work;
    private int _wanted;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WithUnfinishedFromBefore_TakesThemUp()
    {
        await AddAsync(3);
        await RunAsync(3);

        _handler.Handled.Select(d => d.Id).ShouldBe(["d0", "d1", "d2"], ignoreOrder: true);
        _inbox.All.ShouldAllBe(d => d.Outcome == "done");
    }

    [Fact]
    public async Task Accept_WhileRunning_WakesIt()
    {
        var running = RunAsync(2);
        await _door!.AcceptAsync(Delivery(0), Token);
        await _door.AcceptAsync(Delivery(1), Token);

        await running;
    }

    [Fact]
    public async Task Accept_Duplicate_IsHandledOnce()
    {
        await _inbox.AcceptAsync(Delivery(0), Token);
        await _inbox.AcceptAsync(Delivery(0), Token);
        await AddAsync(1, from: 1);
        await RunAsync(2);

        _handler.Handled.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Handle_Later_IsTriedAgainUntilItWorks()
    {
        var attempts = 0;
        _handler.Answer = (_, _) => Task.FromResult<Handling>(++attempts < 4 ? new Handling.Later("GitHub is away") : new Handling.Finished("closed"));
        await AddAsync(1);
        await RunAsync(1);

        attempts.ShouldBe(4);
        _finished.ShouldHaveSingleItem().Outcome.ShouldBe("closed");
    }

    [Fact]
    public async Task Handle_AlwaysThrows_GivesUpAndOthersGoOn()
    {
        _handler.Answer = (d, _) => d.Id == "d0" ? throw new InvalidOperationException("bug") : Task.FromResult<Handling>(new Handling.Finished("done"));
        await AddAsync(2);
        await RunAsync(2);

        _finished.ShouldContain(("d0", "failed"));
        _finished.ShouldContain(("d1", "done"));
        _handler.Handled.Count(d => d.Id == "d0").ShouldBe(5);
    }

    [Fact]
    public async Task Acknowledge_Fails_IsHandledAllTheSame()
    {
        _handler.Acknowledge = _ => throw new TrackerException("no reaction today");
        await AddAsync(1);
        await RunAsync(1);

        _finished.ShouldHaveSingleItem().Outcome.ShouldBe("done");
    }

    [Fact]
    public async Task Handle_IssuesFillTheirLane_AllAreAcknowledgedAndCommentsPass()
    {
        var release = new TaskCompletionSource();
        var commented = new TaskCompletionSource();
        _handler.Answer = async (d, _) =>
        {
            if (d.Kind == DeliveryKind.CommentCreated)
            {
                commented.SetResult();
            }
            else
            {
                await release.Task;
            }

            return new Handling.Finished("done");
        };
        await AddAsync(5);
        await _inbox.AcceptAsync(Delivery(5) with { Kind = DeliveryKind.CommentCreated, CommentId = 9 }, Token);
        var running = RunAsync(6, lanes: 2);

        await commented.Task.WaitAsync(Token);
        _handler.Handled.Count(d => d.Kind != DeliveryKind.CommentCreated).ShouldBeLessThanOrEqualTo(2);
        release.SetResult();
        await running;
        _handler.Acknowledged.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Stop_WithWorkRunning_ParksItAndTheNextStartTakesItUp()
    {
        var started = new TaskCompletionSource();
        _handler.Answer = async (_, cancel) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return new Handling.Finished("never");
        };
        await AddAsync(1);
        var (dispatcher, work) = await StartAsync();
        await started.Task.WaitAsync(Token);

        await Task.WhenAll(dispatcher.StopAsync(Token), work.StopAsync(Token));
        _inbox.All.ShouldHaveSingleItem().Outcome.ShouldBeNull();

        _handler.Answer = (_, _) => Task.FromResult<Handling>(new Handling.Finished("done"));
        await RunAsync(1);
    }

    [Fact]
    public async Task Finish_StoreBroken_IsNotedLaterWithoutHandlingAgain()
    {
        _handler.Answer = (_, _) =>
        {
            _inbox.Broken = "disk full";
            return Task.FromResult<Handling>(new Handling.Finished("done"));
        };
        _time.Leaping = _ => _inbox.Broken = null;
        await AddAsync(1);
        await RunAsync(1);

        _handler.Handled.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Delivery_ThatAnotherServerLeftUnfinished_IsTakenUp()
    {
        await AddAsync(1);
        await RunAsync(1, retakeEvery: TimeSpan.FromMilliseconds(50));
        var taken = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.Finished = (entry, _) => taken.TrySetResult(entry.Delivery.Id);

        // Nobody rings here.
        await AddAsync(1, from: 1);

        (await taken.Task.WaitAsync(Token)).ShouldBe("d1");
        _handler.Handled.Count.ShouldBe(2);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var dispatcher in _dispatchers)
        {
            await Task.WhenAll(_work!.StopAsync(CancellationToken.None), dispatcher.StopAsync(CancellationToken.None));
            dispatcher.Dispose();
        }
    }

    private static Delivery Delivery(int i) => new($"d{i}", DeliveryKind.IssueEdited, "acme/maps", i + 1, null, new Actor(5, "ada", "User"), DateTimeOffset.UnixEpoch);

    private async Task AddAsync(int count, int from = 0)
    {
        for (var i = from; i < from + count; i++)
        {
            await _inbox.AcceptAsync(Delivery(i), Token);
        }
    }

    private async Task RunAsync(int wanted, int lanes = 32, TimeSpan? retakeEvery = null)
    {
        _wanted = wanted;
        _inbox.Finished = (entry, outcome) =>
        {
            _finished.Enqueue((entry.Delivery.Id, outcome));
            if (_finished.Count == _wanted)
            {
                _all.TrySetResult();
            }
        };
        await StartAsync(lanes, retakeEvery);
        await _all.Task.WaitAsync(Token);
    }

    private async Task<(Dispatcher Dispatcher, WorkInProgress Work)> StartAsync(int lanes = 32, TimeSpan? retakeEvery = null)
    {
        var settings = new ServerSettings { Secrets = () => [], IssueLanes = lanes, RetakeEvery = retakeEvery };
        _door = new InboxDoor(_inbox);
        _work = new WorkInProgress(settings, TimeProvider.System);
        var dispatcher = new Dispatcher(_inbox, _door, _handler, settings, _work, retakeEvery is null ? _time : TimeProvider.System, NullLogger<Dispatcher>.Instance);
        _dispatchers.Add(dispatcher);
        await dispatcher.StartAsync(Token);
        return (dispatcher, _work);
    }
}
