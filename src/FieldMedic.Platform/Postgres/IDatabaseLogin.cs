namespace FieldMedic.Platform.Postgres;

/// <summary>The settings that say as whom, and into which database, one asks.</summary>
internal interface IDatabaseLogin
{
    string Service { get; }

    string? EnvFrom { get; }

    string UserEnv { get; }

    string DatabaseEnv { get; }

    string? User { get; }

    string? Database { get; }
}
