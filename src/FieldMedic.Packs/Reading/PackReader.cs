using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>The whole pack, section by section; each section only looks at those read before it.</summary>
internal sealed class PackReader(KindCatalog catalog, PackReading reading, string folder)
{
    public Pack? Read(Node root)
    {
        if (root is not MapNode map)
        {
            reading.Error(PackCodes.WrongShape, root, $"A pack is a map of keys ('system:', 'services:', 'probes:', …), this is {root.Shape}.");
            return null;
        }

        var fields = new Fields(map, reading, "A pack");
        var system = fields.Require("system") is { } node && reading.Text(node, "'system'") is { } name && PackNames.Check(name, node, reading, "a system") ? name : "";
        var title = fields.Text("title") ?? system;
        var docker = Docker(fields);
        var ssh = fields.Take("ssh") is { } sshNode && Fields.Of(sshNode, reading, "'ssh'") is { } sshFields
            ? (SshSpec)SettingsBinder.Bind(typeof(SshSpec), sshFields, reading, out _)
            : new SshSpec();
        var project = fields.Text("compose_project");
        var services = ServicesReader.Read(fields, reading);
        var probesReader = new ProbesReader(catalog, reading, services);
        var probes = probesReader.Read(fields);
        var conditions = new ConditionReader(reading, probesReader.Names);
        var (remedies, declaredRemedies) = new RemediesReader(catalog, reading, services, probes, conditions).Read(fields);
        var vocabulary = VocabularyReader.Read(fields, reading);
        var (complaints, declaredComplaints) = ComplaintsReader.Read(fields, reading, vocabulary);
        var contacts = ContactsReader.Read(fields, reading);
        var references = new PackReferences(
            services,
            [.. declaredRemedies.Select(r => r.Value)],
            [.. declaredComplaints.Select(c => c.Value)],
            [.. contacts.Keys]);
        var problems = new ProblemsReader(reading, references, conditions, probesReader.Names).Read(fields);
        if (problems.Count == 0 && !reading.HasErrors)
        {
            reading.Error(PackCodes.MissingKey, map, "The pack has no 'problems'; nothing could ever be found.");
        }

        var chains = new ChainsReader(reading, conditions, [.. declaredComplaints.Select(c => c.Value)]).Read(fields);
        var healthy = conditions.Read(fields.Take("healthy"), "healthy", beforeAllowed: false);
        var status = fields.Texts("status");
        foreach (var (observation, at) in status)
        {
            probesReader.Names.Check(observation, at, reading);
        }

        var policy = fields.Take("policy") is { } policyNode && Fields.Of(policyNode, reading, "'policy'") is { } policyFields
            ? (PolicySpec)SettingsBinder.Bind(typeof(PolicySpec), policyFields, reading, out _)
            : new PolicySpec();
        var shown = fields.Texts("public").SelectMany(t => t.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        var pack = new Pack
        {
            System = system,
            Title = title,
            Folder = folder,
            Docker = docker,
            Ssh = ssh,
            ComposeProject = project,
            Services = services,
            Probes = probes,
            Problems = problems,
            Remedies = remedies,
            Complaints = complaints,
            Vocabulary = vocabulary,
            Chains = chains,
            Healthy = healthy,
            Status = [.. status.Select(s => s.Text)],
            Policy = policy,
            Contacts = contacts,
            Public = [.. shown],
        };
        fields.Close();
        ReportUnused(pack, declaredRemedies, declaredComplaints);
        return pack;
    }

    private string? Docker(Fields fields)
    {
        if (fields.Take("docker") is not { } node || reading.Text(node, "'docker'") is not { } address)
        {
            return null;
        }

        if (SshAddress.IsSsh(address))
        {
            var (parsed, problem) = SshAddress.Read(address);
            if (parsed is null)
            {
                // The address is not shown: it may hold a password.
                reading.Error(PackCodes.BadDockerAddress, node, $"The address of Docker cannot be used: {problem}.");
            }
        }
        else if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("unix" or "tcp" or "http" or "https" or "npipe"))
        {
            reading.Error(PackCodes.BadDockerAddress, node, $"'{address}' is not an address of Docker; e.g. unix:///var/run/docker.sock, tcp://127.0.0.1:2375 or ssh://user@host.");
        }

        return address;
    }

    private void ReportUnused(Pack pack, IReadOnlyList<ScalarNode> remedies, IReadOnlyList<ScalarNode> complaints)
    {
        if (reading.HasErrors)
        {
            return;
        }

        var used = pack.Problems.SelectMany(p => p.Remedies).ToHashSet(StringComparer.Ordinal);
        foreach (var remedy in remedies.Where(r => !used.Contains(r.Value)))
        {
            reading.Warning(PackCodes.UnusedRemedy, remedy, $"No problem uses the remedy '{remedy.Value}'.");
        }

        var explained = pack.Problems.SelectMany(p => p.Explains).ToHashSet(StringComparer.Ordinal);
        var faults = pack.Complaints.Where(c => c.Nature == ComplaintNature.Fault).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var complaint in complaints.Where(c => faults.Contains(c.Value) && !explained.Contains(c.Value)))
        {
            reading.Warning(PackCodes.UnusedComplaint, complaint, $"No problem explains '{complaint.Value}': an issue of this kind can not be closed by a repair.");
        }
    }
}
