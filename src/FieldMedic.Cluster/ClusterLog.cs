using Microsoft.Extensions.Logging;

namespace FieldMedic.Cluster;

/// <summary>Event ids 2500 to 2599.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(2500, LogLevel.Warning, "Delivery {Sequence} could not be handed to another node and is worked on here: {Why}")]
    public static partial void NotHandedOver(ILogger log, long sequence, string why);

    [LoggerMessage(2501, LogLevel.Information, "A node is gone ({Node}); what it left behind goes on here or at another node.")]
    public static partial void NodeGone(ILogger log, string node);

    [LoggerMessage(2502, LogLevel.Warning, "The reminder could not be set, so that a node that dies is noticed by its neighbours alone: {Why}")]
    public static partial void NoReminder(ILogger log, string why);

    [LoggerMessage(2503, LogLevel.Warning, "The inbox cannot be read; looking again later: {Why}")]
    public static partial void NoInbox(ILogger log, string why);

    [LoggerMessage(2504, LogLevel.Warning, "The grain that looks after {Grain} did not answer; asking again: {Why}")]
    public static partial void NoAnswer(ILogger log, string grain, string why);

    [LoggerMessage(2505, LogLevel.Warning, "The leases cannot be read; looking again twice a second: {Why}")]
    public static partial void NoLeases(ILogger log, string why);
}
