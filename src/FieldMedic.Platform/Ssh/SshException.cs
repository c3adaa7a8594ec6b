namespace FieldMedic.Platform.Ssh;

/// <summary>The ssh connection did not come about. The message names no host: it may be shown in public.</summary>
internal sealed class SshException(SshTrouble trouble, string message) : IOException(message)
{
    public SshTrouble Trouble => trouble;

    /// <summary>Trying again would only meet the same refusal (host key, login), and might lock the account.</summary>
    public bool IsFinal => trouble is not SshTrouble.Unreachable;
}
