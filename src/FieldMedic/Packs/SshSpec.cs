namespace FieldMedic.Packs;

/// <summary>How the ssh connection of <c>docker: ssh://…</c> is made, beyond what the user's own ssh configuration says.</summary>
public sealed record SshSpec
{
    /// <summary>The private key to log in with; the agent and ssh's own keys when absent.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>The only file that says which host keys are trusted; ssh's own known_hosts when absent.</summary>
    public string? KnownHostsFile { get; init; }

    /// <summary>Name of the environment variable that holds the password; keys only when that is not set.</summary>
    public string PasswordEnv { get; init; } = "FIELDMEDIC_SSH_PASSWORD";
}
