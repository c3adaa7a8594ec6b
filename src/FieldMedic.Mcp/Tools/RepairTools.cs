using System.ComponentModel;
using FieldMedic.Hosting;
using FieldMedic.Incidents;
using FieldMedic.Mcp.Answers;
using FieldMedic.Mcp.Plans;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace FieldMedic.Mcp.Tools;

/// <summary>Tools that lead to a repair. They go through the same flow, limits, lock and approvals as the command line.</summary>
[McpServerToolType]
internal sealed class RepairTools(FieldMedicHost host, ShownPlans plans, Answer answer)
{
    [McpServerTool(Name = "plan_remedy", Title = "Show what would be done", ReadOnly = true, OpenWorld = false)]
    [Description("A dry run: measures the system and shows the plan that a repair would carry out now, with a plan_id for remediate that is good for five minutes and one use. Changes nothing.")]
    public async Task<CallToolResult> PlanAsync(
        [Description("Only this problem of the pack (resource fieldmedic://pack lists them); everything found when left out.")] string? problem = null,
        [Description("Only this service of the pack.")] string? service = null,
        CancellationToken cancellationToken = default)
    {
        problem = Choices.Problem(host.Pack, problem);
        service = Choices.Service(host.Pack, service);
        await host.LearnSecretsAsync(cancellationToken).ConfigureAwait(false);
        var result = await host.Medic.RemediateAsync(problem, service, new RunOptions { DryRun = true }, Quiet.Instance, cancellationToken).ConfigureAwait(false);
        if (result.Outcome == RunOutcome.Failed)
        {
            return answer.Refusal(result.Message);
        }

        var (plan, decision, next) = result.Decision switch
        {
            Decision.Fix fix => (fix.Plan, "fix", "Show the plan to the person you work for; then remediate with this plan_id."),
            Decision.AwaitApproval wait => (wait.Plan, "await_approval", "The pack wants a maintainer's approval: open an issue, support_issue shows the plan there, and somebody with write access comments '/medic approve'."),
            Decision.Escalate => ((Plan?)null, "escalate", "A person is needed; diagnose says what they can do."),
            Decision.Reply => (null, "nothing_found", "Nothing is wrong that the pack knows; there is nothing to repair."),
            _ => (null, "stand_back", "Nothing would be done."),
        };
        var shown = result.Decision is Decision.Fix { Plan: var toRun } ? plans.Add(problem, service, toRun) : default;
        return answer.Of(new
        {
            decision,
            reason = RunAnswer.Reason(result),
            detail = (result.Decision as Decision.Escalate)?.Detail,
            findings = result.Incident?.Findings.Select(RunAnswer.Finding).ToArray() ?? [],
            plan = plan is null ? null : new { treats = plan.Finding, remedy = plan.Remedy, actions = RunAnswer.Actions(plan), passed_over = plan.Skipped },
            plan_id = shown.Id,
            expires_at = shown.Shown?.ExpiresAt,
            next_step = next,
            changed = "nothing",
        });
    }

    [McpServerTool(Name = "remediate", Title = "Carry out a plan that was shown", ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = false)]
    [Description("Carries out exactly the plan that plan_remedy has just shown, watches and verifies it over a window (that takes a minute or more; ask for progress). If another plan is needed by now, nothing is done. Limits, lock and kill switch of the system hold. The verdict is resolved or mitigated only with a proof.")]
    public async Task<CallToolResult> RemediateAsync(
        [Description("The plan_id of plan_remedy: good for five minutes and one use.")] string plan_id,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken = default)
    {
        if (plans.Take(plan_id) is not { } shown)
        {
            throw new ArgumentMistake("There is no such plan, or it was used, or its five minutes are over. Call plan_remedy, look at the plan, and use its plan_id.");
        }

        await host.LearnSecretsAsync(cancellationToken).ConfigureAwait(false);
        var result = await host.Medic.RemediateAsync(shown.Problem, shown.Service, new RunOptions { OnlyPlan = shown.Plan }, new ToolProgress(progress), cancellationToken).ConfigureAwait(false);
        return result.Outcome == RunOutcome.Failed ? answer.Refusal(result.Message) : answer.Of(RunAnswer.Of(result));
    }

    [McpServerTool(Name = "support_issue", Title = "Resolve what an issue reports", ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = true)]
    [Description("The whole job for one issue of the configured repository: diagnose, repair what the pack allows, verify over a window, report on the issue and close it with a proof, or escalate and keep it open. Takes a minute or more; ask for progress. With dry_run it only says what it would do.")]
    public async Task<CallToolResult> SupportAsync(
        [Description("Number of the issue.")] int issue,
        IProgress<ProgressNotificationValue> progress,
        [Description("Change nothing anywhere, the issue included.")] bool dry_run = false,
        CancellationToken cancellationToken = default)
    {
        var number = Choices.Within("issue", issue, 1, int.MaxValue);
        if (host.Tracker is null || host.Settings.Repository is not { } repository)
        {
            throw new ArgumentMistake("No repository or no token is configured for this server: set GITHUB_REPOSITORY=owner/name and GITHUB_TOKEN where it is started.");
        }

        await host.LearnSecretsAsync(cancellationToken).ConfigureAwait(false);
        var result = await host.Medic.SupportAsync(new IssueRef(repository, number), new RunOptions { DryRun = dry_run }, new ToolProgress(progress), cancellationToken).ConfigureAwait(false);
        if (result.Outcome == RunOutcome.Failed)
        {
            return answer.Refusal(result.Message);
        }

        var plan = (result.Decision as Decision.Fix)?.Plan;
        return answer.Of(dry_run ? new { run = RunAnswer.Of(result), plan = plan is null ? null : RunAnswer.Actions(plan), changed = "nothing" } : RunAnswer.Of(result));
    }
}
