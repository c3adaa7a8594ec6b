using FieldMedic.Dashboard.History;

namespace FieldMedic.Dashboard.Tests.Harness;

/// <summary>Waits on the dashboard's own signal.</summary>
internal static class Waiting
{
    public static async Task WhenAsync(this RunningDashboard dashboard, Func<JournalView, bool> isSo, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = dashboard.Signal.Next;
            if (isSo(dashboard.Journal.Current))
            {
                return;
            }

            await next.WaitAsync(cancellationToken);
        }
    }
}
