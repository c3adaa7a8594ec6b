using GitHubSimulator.State;

namespace GitHubSimulator.Protocol;

/// <summary>Finds out who asks. Turning people away is left to <see cref="GuardMiddleware"/>.</summary>
internal sealed class IdentityMiddleware(RequestDelegate next, Access access)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (Credentials.TokenOf(context.Request) is { } token && access.Identify(token) is { } rule)
        {
            new Caller(rule.Login, rule).AttachTo(context);
        }

        return next(context);
    }
}
