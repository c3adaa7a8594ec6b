using GitHubSimulator.State;

namespace GitHubSimulator.Protocol;

/// <summary>Finds out who asks. Turning people away is left to <see cref="GuardMiddleware"/>.</summary>
internal sealed class IdentityMiddleware(RequestDelegate next, Access access, Apps apps, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (Credentials.TokenOf(context.Request) is { } token)
        {
            Identify(token)?.AttachTo(context);
        }

        return next(context);
    }

    private Caller? Identify(string token)
    {
        if (AppSignature.IsOne(token))
        {
            var (app, why) = AppSignature.Check(token, apps, time.GetUtcNow());
            return new Caller(app?.Login, app is null ? null : new TokenRule(app.Login, null)) { App = app, Disbelief = why };
        }

        if (token.StartsWith("ghs_", StringComparison.Ordinal))
        {
            return apps.Identify(token) is { } installed
                ? new Caller(installed.App.Login, new TokenRule(installed.App.Login, null)) { Installation = installed }
                : null;
        }

        return access.Identify(token) is { } rule ? new Caller(rule.Login, rule) : null;
    }
}
