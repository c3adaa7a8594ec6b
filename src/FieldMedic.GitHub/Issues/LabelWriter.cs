using System.Text.Json;
using FieldMedic.GitHub.Http;
using FieldMedic.GitHub.Wire;
using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.GitHub.Issues;

/// <summary>Adds and removes labels and leaves all others alone.</summary>
internal sealed class LabelWriter(GitHubClient client)
{
    public async Task ChangeAsync(IssueRef issue, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove, CancellationToken cancellationToken)
    {
        var path = $"{RepositoryPath.Of(issue)}/labels";
        var there = await client.ReadAllAsync(
            new GitHubCall(HttpMethod.Get, path, "read the labels", issue.ToString()), WireJson.Default.ListWireLabel, cancellationToken).ConfigureAwait(false);
        var present = there.Select(label => label.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in remove.Where(present.Contains).Except(add, StringComparer.OrdinalIgnoreCase))
        {
            var call = new GitHubCall(HttpMethod.Delete, $"{path}/{Uri.EscapeDataString(name)}", $"remove the label {name}", issue.ToString()) { Accepted = [404] };
            await client.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }

        string[] missing = [.. add.Where(name => !present.Contains(name)).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (missing.Length > 0)
        {
            await MakeAsync(issue, missing, cancellationToken).ConfigureAwait(false);
            await AddAsync(issue, path, missing, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the labels the repository lacks, so that they get a colour and a description.</summary>
    private async Task MakeAsync(IssueRef issue, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var path = $"{RepositoryPath.Of(issue.Repository)}/labels";
        foreach (var name in names)
        {
            var look = new GitHubCall(HttpMethod.Get, $"{path}/{Uri.EscapeDataString(name)}", $"look for the label {name}", issue.Repository) { Accepted = [404] };
            if ((await client.SendAsync(look, cancellationToken).ConfigureAwait(false)).IsSuccess)
            {
                continue;
            }

            // 422: somebody made it meanwhile. 403 and 404: triage may put labels on but not make them; adding says so if it fails too.
            var make = new GitHubCall(HttpMethod.Post, path, $"make the label {name}", issue.Repository)
            {
                Body = JsonSerializer.Serialize(LabelStyles.For(name), WireJson.Default.WireNewLabel),
                Accepted = [403, 404, 422],
            };
            await client.SendAsync(make, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AddAsync(IssueRef issue, string path, string[] names, CancellationToken cancellationToken)
    {
        var call = new GitHubCall(HttpMethod.Post, path, $"add the labels {string.Join(", ", names)}", issue.ToString())
        {
            Body = JsonSerializer.Serialize(new WireNames(names), WireJson.Default.WireNames),
        };
        var now = await client.ReadAsync(call, WireJson.Default.ListWireLabel, cancellationToken).ConfigureAwait(false);

        // GitHub drops labels of people without triage in silence.
        string[] dropped = [.. names.Except(now.Select(label => label.Name), StringComparer.OrdinalIgnoreCase)];
        if (dropped.Length > 0)
        {
            throw new TrackerException(TrackerFailure.Forbidden, $"GitHub did not put the labels {string.Join(", ", dropped)} on {issue}. Give the token's account the role Triage or Write in this repository.");
        }
    }
}
