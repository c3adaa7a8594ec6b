using FieldMedic.Incidents;

namespace FieldMedic.Tracker;

/// <summary>The hidden first line of our comments. It identifies a comment only together with its author.</summary>
public static class CommentMarker
{
    /// <summary>The start of any marker.</summary>
    public const string Start = "<!-- fieldmedic incident=";

    public static string Of(IncidentId incident) => $"{Start}{incident} -->";
}
