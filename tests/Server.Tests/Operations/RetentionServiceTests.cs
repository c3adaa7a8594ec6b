using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Server.Operations;
using FieldMedic.Storage;
using FieldMedic.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FieldMedic.Server.Tests.Operations;

public sealed class RetentionServiceTests
{
    [Fact]
    public async Task Service_LooksEveryDay_AndRemovesWhatHasBecomeOld()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("fieldmedic-retention-").FullName;
        var time = new LeapingTime(TimeSpan.FromDays(1));
        var began = time.GetUtcNow();
        await using (var store = await SqliteStore.OpenAsync(Path.Combine(folder, "journal.db"), time, token))
        {
            await store.AppendAsync(new IncidentId("INC-1"), 1, new IncidentEvent.IncidentOpened("sys", null, Complaint.None), null, token);
            await store.AppendAsync(new IncidentId("INC-1"), 2, new IncidentEvent.IncidentEnded(IncidentOutcome.Closed), null, token);
            var removed = new RemovedAt(time);
            using var service = new RetentionService(store.Upkeep, TimeSpan.FromDays(60), time, removed);

            await service.StartAsync(token);

            ((await removed.Moment.WaitAsync(token)) - began).TotalDays.ShouldBe(61);
            await service.StopAsync(token);
            (await store.ListAsync(null, null, 10, token)).ShouldBeEmpty();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Service_StoreThatFails_SaysSoAndRemovesTheNextDay()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("fieldmedic-retention-").FullName;
        var file = Path.Combine(folder, "journal.db");
        var time = new LeapingTime(TimeSpan.FromDays(1));
        await using (var store = await SqliteStore.OpenAsync(file, time, token))
        {
            await store.AppendAsync(new IncidentId("INC-1"), 1, new IncidentEvent.IncidentOpened("sys", null, Complaint.None), null, token);
            await store.AppendAsync(new IncidentId("INC-1"), 2, new IncidentEvent.IncidentEnded(IncidentOutcome.Closed), null, token);
            Execute(file, "ALTER TABLE incidents RENAME TO lost");
            var removed = new RemovedAt(time) { Failed = () => Execute(file, "ALTER TABLE lost RENAME TO incidents") };
            using var service = new RetentionService(store.Upkeep, TimeSpan.FromHours(-1), time, removed);
            var began = time.GetUtcNow();

            await service.StartAsync(token);

            ((await removed.Moment.WaitAsync(token)) - began).TotalDays.ShouldBe(1);
            await service.StopAsync(token);
            removed.Failures.ShouldBe(1);
            (await store.ListAsync(null, null, 10, token)).ShouldBeEmpty();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>When it is logged that one was removed.</summary>
    private sealed class RemovedAt(TimeProvider time) : ILogger<RetentionService>
    {
        public Action? Failed { get; init; }

        public int Failures { get; private set; }

        private readonly TaskCompletionSource<DateTimeOffset> _moment = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<DateTimeOffset> Moment => _moment.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).StartsWith("Removed 1 ", StringComparison.Ordinal))
            {
                _moment.TrySetResult(time.GetUtcNow());
            }

            if (logLevel == LogLevel.Warning)
            {
                Failures++;
                Failed?.Invoke();
            }
        }
    }
}
