namespace FieldMedic.Dashboard.Access;

/// <summary>What a person may do; each may do what the one before may.</summary>
public enum Role
{
    /// <summary>Look.</summary>
    Viewer,

    /// <summary>Pause and resume the system.</summary>
    Operator,

    /// <summary>Pause and resume every system of the store.</summary>
    Admin,
}
