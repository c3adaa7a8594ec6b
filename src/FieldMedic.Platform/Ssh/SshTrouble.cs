namespace FieldMedic.Platform.Ssh;

/// <summary>Why a connection did not come about.</summary>
internal enum SshTrouble
{
    /// <summary>No answer, refused, unknown name: may pass.</summary>
    Unreachable,

    /// <summary>There is no ssh client, or what it was told makes no sense.</summary>
    Client,

    /// <summary>Nothing says which key the host should have.</summary>
    HostKeyUnknown,

    /// <summary>The host shows another key than the one that is trusted.</summary>
    HostKeyChanged,

    /// <summary>The host does not let us in.</summary>
    LoginRefused,
}
