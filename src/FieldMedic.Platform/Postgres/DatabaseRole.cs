using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Postgres;

/// <summary>The container of the database, and the app's own role and database as its environment names them.</summary>
internal sealed record DatabaseRole(ContainerFacts? Container, string? User, string? Database)
{
    /// <summary>Whether a question can be put at all.</summary>
    public bool CanBeAsked => Container is { Running: true, Paused: false, Restarting: false };

    /// <exception cref="IOException">The database runs, and nobody says as whom to ask it.</exception>
    public static async Task<DatabaseRole> FindAsync(IDatabaseLogin login, string project, DockerEngine docker, CancellationToken cancellationToken)
    {
        var containers = await docker.ServiceAsync(project, login.Service, cancellationToken).ConfigureAwait(false);
        var container = containers.FirstOrDefault(c => c.Running) ?? containers.FirstOrDefault();
        var role = new DatabaseRole(container, null, null);
        if (!role.CanBeAsked)
        {
            return role;
        }

        var environment = container!.Environment;
        if (login.EnvFrom is { } other && other != login.Service)
        {
            var source = await docker.ServiceAsync(project, other, cancellationToken).ConfigureAwait(false);
            environment = source.FirstOrDefault()?.Environment ?? environment;
        }

        var user = login.User ?? environment.GetValueOrDefault(login.UserEnv);
        var database = login.Database ?? environment.GetValueOrDefault(login.DatabaseEnv);
        return string.IsNullOrEmpty(user) || string.IsNullOrEmpty(database)
            ? throw new IOException($"neither the settings nor the environment of {login.EnvFrom ?? login.Service} name the role and the database")
            : role with { User = user, Database = database };
    }
}
