namespace GitHubSimulator.State;

/// <summary>A value, or the refusal that stands in its place.</summary>
internal readonly record struct Outcome<T>(T? Value, Refusal? Refusal)
    where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);

    /// <summary>The value where the caller knows that it was not refused.</summary>
    public T Required() => Value ?? throw new InvalidOperationException($"{Refusal!.Status} {Refusal.Message}");
}
