using FieldMedic.GitHub.Wire;

namespace FieldMedic.GitHub.Issues;

/// <summary>Who we are. The id is null when only the login is known.</summary>
internal sealed record Account(long? Id, string Login)
{
    /// <summary>Decided by the account alone. A login with [bot] can belong to nobody else, and the id wins where it is known.</summary>
    public bool Is(WireUser? user)
        => user is not null && (Id is { } id ? user.Id == id : string.Equals(user.Login, Login, StringComparison.OrdinalIgnoreCase));
}
