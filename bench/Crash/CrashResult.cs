namespace FieldMedic.Bench.Crash;

/// <summary>What came of one incident.</summary>
/// <param name="Events">How many boundaries it had, over all its starts.</param>
/// <param name="IsEnded">One incident, over, and its issue stands as it has to.</param>
/// <param name="IsDone">Everything that was to be done was done, and nothing else.</param>
/// <param name="Said">What the last start printed.</param>
internal sealed record CrashResult(int Events, int Kills, bool IsLost, bool IsEnded, int DoubledActions, bool IsDone, int DoubledComments, string Said)
{
    public bool IsGood => !IsLost && IsEnded && DoubledActions == 0 && IsDone && DoubledComments == 0;
}
