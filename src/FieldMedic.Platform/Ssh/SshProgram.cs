using FieldMedic.Platform.Commands;

namespace FieldMedic.Platform.Ssh;

/// <summary>
/// Runs the machine's own OpenSSH client, so that the user's configuration, agent, keys, known_hosts and jump hosts count. Of the
/// environment it gets what those need, and none of our secrets but the one password that is meant for it.
/// </summary>
internal static class SshProgram
{
    private static readonly string[] Passed = ["SSH_AUTH_SOCK", "USER", "LOGNAME", "KRB5CCNAME", "XDG_RUNTIME_DIR"];

    public static async Task<CommandOutput> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        foreach (var name in Passed)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                all[name] = value;
            }
        }

        try
        {
            return await FixedCommand.RunAsync(["ssh", .. arguments], "/", all, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new SshException(SshTrouble.Client, $"the OpenSSH client cannot be run: {e.Message}");
        }
    }
}
