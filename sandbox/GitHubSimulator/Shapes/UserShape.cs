using System.Text.Json.Nodes;
using GitHubSimulator.State;

namespace GitHubSimulator.Shapes;

/// <summary>Accounts.</summary>
internal static class UserShape
{
    public static JsonObject User(this View view, string login)
    {
        var user = $"{view.Api}/users/{Uri.EscapeDataString(login)}";
        var id = IdOf(login);
        return new JsonObject
        {
            ["login"] = login,
            ["id"] = id,
            ["node_id"] = View.NodeId("User", id),
            ["avatar_url"] = $"{view.Web}/_simulator/avatar.svg",
            ["gravatar_id"] = string.Empty,
            ["url"] = user,
            ["html_url"] = $"{view.Web}/{Uri.EscapeDataString(login)}",
            ["followers_url"] = $"{user}/followers",
            ["following_url"] = user + "/following{/other_user}",
            ["gists_url"] = user + "/gists{/gist_id}",
            ["starred_url"] = user + "/starred{/owner}{/repo}",
            ["subscriptions_url"] = $"{user}/subscriptions",
            ["organizations_url"] = $"{user}/orgs",
            ["repos_url"] = $"{user}/repos",
            ["events_url"] = user + "/events{/privacy}",
            ["received_events_url"] = $"{user}/received_events",
            ["type"] = login.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User",
            ["user_view_type"] = "public",
            ["site_admin"] = false,
        };
    }

    public static JsonObject? UserOrNull(this View view, string? login) => login is null ? null : view.User(login);

    public static JsonObject PublicUser(this View view, string login)
    {
        var user = view.User(login);
        foreach (var unsaid in (string[])["name", "company", "blog", "location", "email", "hireable", "bio", "twitter_username"])
        {
            user[unsaid] = null;
        }

        foreach (var count in (string[])["public_repos", "public_gists", "followers", "following"])
        {
            user[count] = 0;
        }

        user["created_at"] = "2020-01-01T00:00:00Z";
        user["updated_at"] = "2020-01-01T00:00:00Z";
        return user;
    }

    /// <summary>What an account sees of itself.</summary>
    public static JsonObject PrivateUser(this View view, string login)
    {
        var user = view.PublicUser(login);
        user["user_view_type"] = "private";
        foreach (var count in (string[])["private_gists", "total_private_repos", "owned_private_repos", "disk_usage", "collaborators"])
        {
            user[count] = 0;
        }

        user["two_factor_authentication"] = true;
        return user;
    }

    public static JsonObject CollaboratorPermission(this View view, string login, Permission permission)
    {
        var role = NameOf(permission);
        var user = view.User(login);
        user["permissions"] = Permissions(permission);
        user["role_name"] = role;
        return new JsonObject
        {
            // The older field knows four words only; the role is told by the newer one.
            ["permission"] = permission switch
            {
                Permission.Triage => "read",
                Permission.Maintain => "write",
                _ => role,
            },
            ["user"] = user,
            ["role_name"] = role,
        };
    }

    public static JsonObject Permissions(Permission permission) => new()
    {
        ["admin"] = permission >= Permission.Admin,
        ["maintain"] = permission >= Permission.Maintain,
        ["push"] = permission >= Permission.Write,
        ["triage"] = permission >= Permission.Triage,
        ["pull"] = permission >= Permission.Read,
    };

    private static string NameOf(Permission permission) => permission.ToString().ToLowerInvariant();

    /// <summary>The same login has the same id in every run, without a list of accounts.</summary>
    private static long IdOf(string login)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in login.ToLowerInvariant())
        {
            hash = (hash ^ letter) * 16_777_619u;
        }

        return hash & 0x7FFF_FFFF;
    }
}
