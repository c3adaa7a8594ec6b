namespace FieldMedic.Tracker;

/// <summary>A failed call to the tracker. The message is for people: what is wrong and the next step; it holds no token.</summary>
public sealed class TrackerException : Exception
{
    public TrackerException(TrackerFailure failure, string message, Exception? inner = null)
        : base(message, inner)
        => Failure = failure;

    public TrackerException()
        : this(TrackerFailure.Unavailable, "The tracker did not answer.")
    {
    }

    public TrackerException(string message)
        : this(TrackerFailure.Unavailable, message)
    {
    }

    public TrackerException(string message, Exception inner)
        : this(TrackerFailure.Unavailable, message, inner)
    {
    }

    public TrackerFailure Failure { get; }

    /// <summary>True when the same call may work later without anybody changing anything.</summary>
    public bool IsTransient => Failure is TrackerFailure.Unavailable or TrackerFailure.RateLimited;
}
