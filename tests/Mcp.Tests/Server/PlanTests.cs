using FieldMedic.Incidents;
using FieldMedic.Mcp.Plans;
using Microsoft.Extensions.Time.Testing;

namespace FieldMedic.Mcp.Tests.Server;

public sealed class PlanTests
{
    private static readonly Plan Plan = new("worker_down/worker", "start", [new("start", "test.start", "worker", "worker-1", "low", TimeSpan.FromSeconds(1))], []);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Take_Shown_GivesItOnce()
    {
        var plans = new ShownPlans(_time);
        var (id, _) = plans.Add("worker_down", null, Plan);

        plans.Take(id)!.Plan.ShouldBe(Plan);
        plans.Take(id).ShouldBeNull();
    }

    [Fact]
    public void Take_TimeIsOver_GivesNothing()
    {
        var plans = new ShownPlans(_time);
        var (id, _) = plans.Add(null, null, Plan);
        _time.Advance(ShownPlans.GoodFor);

        plans.Take(id).ShouldBeNull();
    }

    [Fact]
    public void Add_VeryMany_ForgetsTheOldest()
    {
        var plans = new ShownPlans(_time);
        var first = plans.Add(null, null, Plan).Id;
        _time.Advance(TimeSpan.FromSeconds(1));
        var ids = Enumerable.Range(0, 100).Select(_ => plans.Add(null, null, Plan).Id).ToList();

        plans.Take(first).ShouldBeNull();
        ids.ShouldBeUnique();
        plans.Take(ids[^1]).ShouldNotBeNull();
    }
}
