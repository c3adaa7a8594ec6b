using Microsoft.Extensions.Logging;

namespace FieldMedic.Dashboard.Tests.Harness;

/// <summary>Errors of the server stand beside the test that caused them.</summary>
internal sealed class OutputLog : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
    }
}
