namespace FieldMedic.Watch;

/// <summary>What a run does with a watch.</summary>
internal enum WatchMode
{
    /// <summary>Leave it to a later run.</summary>
    Leave,

    /// <summary>One sweep, then park.</summary>
    OneLook,

    /// <summary>Stay until it is over.</summary>
    Stay,
}
