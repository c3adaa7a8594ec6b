namespace FieldMedic.Cli.Demo;

/// <summary>One thing that goes wrong in the demo, and what a user writes about it.</summary>
internal sealed record DemoScenario(string Name, string What, string Title, string Body, Action<DemoFolder> Break)
{
    public static IReadOnlyList<DemoScenario> All { get; } =
    [
        new("worker-killed", "The worker is killed; it is started again, jobs go on, the issue is closed.", "Sync stuck at 50%", "Since ten minutes my upload does not move. The app shows 50% and waits.", KillWorker),
        new("api-hung", "The api is frozen: it accepts connections and answers nothing. It is restarted.", "Server does not answer", "The api hangs, the app shows a spinner and then a time-out.", folder => Need(folder, DemoFolder.Api).Freeze()),
        new(
            "fix-cannot-work",
            "The worker's configuration is broken: starting it cannot help. Bounded attempts, then escalation.",
            "Uploads never finish",
            "Every upload is stuck since the change this morning.",
            folder =>
            {
                File.WriteAllText(folder.WorkerConfiguration, "sped=3\n");
                KillWorker(folder);
            }),
        new("healthy-vague", "Nothing is wrong and the text is vague: nothing is touched, details are asked for.", "Something is odd", "It feels different than last week.", _ => { }),
        new("status-request", "Nothing is wrong and the status is asked for: answered with numbers and closed.", "Please check the status", "Can you check the status of the system before our field day?", _ => { }),
    ];

    private static void KillWorker(DemoFolder folder)
    {
        Need(folder, DemoFolder.Worker).Kill();
        for (var i = 0; i < 5; i++)
        {
            DemoQueue.Add(folder);
        }
    }

    private static DemoProcess Need(DemoFolder folder, string name)
        => folder.ProcessOf(name) ?? throw new InvalidOperationException($"The demo's {name} does not run.");
}
