namespace FieldMedic.Chat;

/// <summary>What a command comes to. The lines go on the issue; they are ours, or typed values of the incident.</summary>
/// <param name="IsDone">False when it was refused.</param>
internal sealed record ChatAnswer(bool IsDone, params IReadOnlyList<string> Lines)
{
    /// <summary>What has to follow.</summary>
    public RunOptions? Then { get; init; }

    public static ChatAnswer No(string why) => new(false, why);

    public static ChatAnswer Yes(params IReadOnlyList<string> lines) => new(true, lines);
}
