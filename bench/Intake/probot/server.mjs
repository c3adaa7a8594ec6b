// A minimal Probot app for issues.opened. With a file as argument it appends each delivery and waits for the disk before it answers:
// the least that can be called a durable insert. Prints its port.
import { open } from "node:fs/promises";
import { createServer } from "node:http";
import { createNodeMiddleware, createProbot } from "probot";

const file = process.argv[2] ? await open(process.argv[2], "a") : undefined;
const probot = createProbot({
  overrides: { appId: 1, privateKey: process.env.BENCH_PRIVATE_KEY, secret: process.env.BENCH_SECRET, logLevel: "fatal" },
});
const app = (bot) => {
  bot.on("issues.opened", async ({ id, payload }) => {
    if (!file) return;
    await file.appendFile(`${JSON.stringify({ id, repository: payload.repository.full_name, issue: payload.issue.number, sender: payload.sender.login })}\n`);
    await file.datasync();
  });
};
const server = createServer(await createNodeMiddleware(app, { probot, webhooksPath: "/webhooks/github" }));
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
