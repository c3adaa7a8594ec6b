using GitHubSimulator.Webhooks;

namespace GitHubSimulator.Cli;

/// <summary>The options that are ours; everything else is ASP.NET Core's configuration.</summary>
internal sealed record CommandLine(string? DataFolder, string? Message, int ExitCode, WebhookTarget? Webhook = null)
{
    public const int CannotStart = 70;

    private const int Usage = 64;

    private const string Help = """
        A stand-in for the part of GitHub's REST API that deals with issues.

        Usage: github-simulator [--urls URL[;URL]] [--data DIR] [--webhook URL --webhook-secret-env NAME]

          --urls URL   Address to listen on, http://127.0.0.1:5000 if not said.
          --data DIR   Keep the state in DIR over restarts. Without it everything is forgotten at the end.
          --webhook URL              Send signed webhooks there.
          --webhook-secret-env NAME  The environment variable that holds their secret.
          --help       This text.

        https: --urls https://127.0.0.1:8443 --Kestrel:Certificates:Default:Path=cert.pem
               --Kestrel:Certificates:Default:KeyPath=key.pem

        Any token is accepted. The token 'user:NAME' acts as NAME, every other one as fieldmedic-bot.
        The API answers under / and under /api/v3; a browser sees issues under /OWNER/NAME/issues.
        Faults, the log of requests, accounts: see /_simulator/.
        """;

    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        string? data = null;
        string? webhook = null;
        string? variable = null;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--help" or "-h" or "-?":
                    return new CommandLine(null, Help, 0);
                case "--data" when i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal):
                    data = args[++i];
                    break;
                case "--data":
                    return new CommandLine(null, "--data needs a folder. See --help.", Usage);
                case var equals when equals.StartsWith("--data=", StringComparison.Ordinal):
                    data = equals["--data=".Length..];
                    break;
                case "--webhook" when i + 1 < args.Count:
                    webhook = args[++i];
                    break;
                case "--webhook-secret-env" when i + 1 < args.Count:
                    variable = args[++i];
                    break;
                case "--urls" when i + 1 < args.Count:
                    i++;
                    break;
                case var setting when setting.StartsWith("--", StringComparison.Ordinal) && IsKnownSetting(setting):
                    i += setting.Contains('=', StringComparison.Ordinal) ? 0 : 1;
                    break;
                default:
                    return new CommandLine(null, $"Unknown argument '{args[i]}'. See --help.", Usage);
            }
        }

        return Webhooks(webhook, variable, out var target) is { } wrong ? new CommandLine(null, wrong, Usage) : new CommandLine(data, null, 0, target);
    }

    private static string? Webhooks(string? webhook, string? variable, out WebhookTarget? target)
    {
        target = null;
        if (webhook is null && variable is null)
        {
            return null;
        }

        if (!Uri.TryCreate(webhook, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return "--webhook needs an http(s) address. See --help.";
        }

        if (variable is null || string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
        {
            return "--webhook needs --webhook-secret-env with the name of a variable that holds the secret. See --help.";
        }

        target = new WebhookTarget(url, () => Environment.GetEnvironmentVariable(variable)!);
        return null;
    }

    private static bool IsKnownSetting(string argument) =>
        argument.StartsWith("--urls=", StringComparison.Ordinal)
        || argument.StartsWith("--Kestrel:", StringComparison.OrdinalIgnoreCase)
        || argument.StartsWith("--environment", StringComparison.Ordinal)
        || argument.StartsWith("--contentRoot", StringComparison.Ordinal);
}
