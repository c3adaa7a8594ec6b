using Microsoft.Extensions.Logging;

namespace FieldMedic.Cluster;

/// <summary>Event ids 2300 to 2399.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(2300, LogLevel.Warning, "Delivery {Sequence} could not be handed to another node and is worked on here: {Why}")]
    public static partial void NotHandedOver(ILogger log, long sequence, string why);

    [LoggerMessage(2301, LogLevel.Information, "A node is gone ({Node}); what it left behind goes on here or at another node.")]
    public static partial void NodeGone(ILogger log, string node);

    [LoggerMessage(2302, LogLevel.Warning, "The reminder could not be set, so that a node that dies is noticed by its neighbours alone: {Why}")]
    public static partial void NoReminder(ILogger log, string why);

    [LoggerMessage(2303, LogLevel.Warning, "The inbox cannot be read; looking again later: {Why}")]
    public static partial void NoInbox(ILogger log, string why);

    [LoggerMessage(2304, LogLevel.Warning, "The system's grain did not answer; asking again: {Why}")]
    public static partial void NoAnswer(ILogger log, string why);
}
