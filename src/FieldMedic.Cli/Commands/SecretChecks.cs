using FieldMedic.Hosting;
using FieldMedic.Mcp;

namespace FieldMedic.Cli.Commands;

/// <summary>The secrets by which others are known to us: long enough that nobody guesses them, and such that they can be shown. None is ever printed.</summary>
internal static class SecretChecks
{
    private const string Webhook = "FIELDMEDIC_WEBHOOK_SECRET";
    private const string PreviousWebhook = "FIELDMEDIC_WEBHOOK_SECRET_PREVIOUS";
    private const int ShortestSecret = 16;
    private const string MakeOne = "Make one with: openssl rand -hex 32";

    /// <summary>Why the token for MCP over HTTP is not good enough, and what to do.</summary>
    public static string ShortToken { get; } = $"FIELDMEDIC_MCP_HTTP_TOKEN is shorter than {HttpServer.ShortestToken} characters and could be guessed. {MakeOne}";

    public static IEnumerable<DoctorCheck> Of(FieldMedicSettings settings)
    {
        yield return Secret("webhook", Webhook, settings.Variables.GetValueOrDefault(Webhook), "no secret is set; webhooks are not taken", $"Set {Webhook} and the webhook's secret to a long random text, e.g. from 'openssl rand -hex 32'.");
        if (settings.Variables.GetValueOrDefault(PreviousWebhook) is { Length: > 0 } previous)
        {
            yield return Secret("old webhook", PreviousWebhook, previous, "", $"End the rotation: take {PreviousWebhook} away.");
        }

        yield return McpOverHttp(settings.McpHttpToken());
    }

    /// <summary>Whoever knows the secret can pose as GitHub.</summary>
    private static DoctorCheck Secret(string check, string variable, string? secret, string none, string next) => secret switch
    {
        null or "" => new(check, true, none, ""),
        _ when secret.Trim().Length < ShortestSecret => new(check, false, $"the secret is shorter than {ShortestSecret} characters", next),
        _ when secret != secret.Trim() => new(check, false, "the secret begins or ends with a space", $"Set {variable} to exactly the webhook's secret."),
        _ => new(check, true, "a secret is set", ""),
    };

    /// <summary>Whoever knows the token can have repairs carried out.</summary>
    private static DoctorCheck McpOverHttp(string? token) => token switch
    {
        null => new("mcp http", true, $"no token is set; serve offers no {HttpServer.Path}", ""),
        _ when token.Trim().Length < HttpServer.ShortestToken => new("mcp http", false, $"the token is shorter than {HttpServer.ShortestToken} characters", $"serve does not start with it. {MakeOne}"),
        _ when token != token.Trim() => new("mcp http", false, "the token begins or ends with a space, so nobody can show it", "Set FIELDMEDIC_MCP_HTTP_TOKEN to the token alone."),
        _ => new("mcp http", true, $"a token is set; serve offers {HttpServer.Path}", ""),
    };
}
