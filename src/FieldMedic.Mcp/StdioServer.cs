using FieldMedic.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using ModelContextProtocol.Server;

namespace FieldMedic.Mcp;

/// <summary>Speaks MCP on standard input and output until the client goes. Logs go to standard error, nothing else is written anywhere.</summary>
public static class StdioServer
{
    public static async Task RunAsync(FieldMedicHost host, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior) = (true, LoggerColorBehavior.Disabled))
            .SetMinimumLevel(LogLevel.Warning));
        services.AddFieldMedicMcp(host, TimeProvider.System).WithStdioServerTransport();
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<McpServer>().RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
