namespace FieldMedic.Journal;

/// <summary>The right to act on one system until <see cref="ExpiresAt"/>. A newer fence makes an older one worthless.</summary>
/// <param name="System">The system.</param>
/// <param name="Holder">Who holds it, for people: host:pid.</param>
/// <param name="Fence">Grows by one with every new holder.</param>
/// <param name="ExpiresAt">By the store's clock, which may be another than ours: for people. Renewed while work goes on.</param>
/// <param name="Lifetime">How long it lasts from when it was handed out or its renewal was asked for; the holder counts it on a clock that nobody sets.</param>
public sealed record SystemLease(string System, string Holder, long Fence, DateTimeOffset ExpiresAt, TimeSpan Lifetime);
