using GitHubSimulator;
using GitHubSimulator.Cli;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

var commandLine = CommandLine.Parse(args);
if (commandLine.Message is { } message)
{
    await (commandLine.ExitCode == 0 ? Console.Out : Console.Error).WriteLineAsync(message);
    return commandLine.ExitCode;
}

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
var app = SimulatorHost.Build(builder, new SimulatorOptions { DataFolder = commandLine.DataFolder, Webhook = commandLine.Webhook });
try
{
    await SimulatorHost.StartAsync(app, CancellationToken.None);
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync($"github-simulator cannot start: {failure.Message}");
    await app.DisposeAsync();
    return CommandLine.CannotStart;
}

var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
var memory = commandLine.DataFolder is { } folder ? $"state in {Path.GetFullPath(folder)}" : "state in memory";
Console.WriteLine($"github-simulator listening on {string.Join(' ', addresses)} ({memory})");
await app.WaitForShutdownAsync();
await app.DisposeAsync();
return 0;
