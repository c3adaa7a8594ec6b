// A minimal Probot app for issues.opened, as a production deployment runs it. Arguments: what its handler does before Probot answers
// (one of the keepers below), and the file to keep deliveries in. Prints its port.
import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { createServer } from "node:http";
import Database from "better-sqlite3";
import { createNodeMiddleware, createProbot } from "probot";

const [, , keep, file] = process.argv;

// WAL and FULL as in ours; each insert is a transaction of its own, on the disk when it returns.
const sqlite = (schema) => {
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.exec(schema);
  return database;
};

const keepers = {
  nothing: () => () => {},

  // Our own table with the same columns filled.
  row: () => {
    const insert = sqlite(readFileSync(new URL("../../../src/FieldMedic.Storage/Inbox/0001_inbox.sql", import.meta.url), "utf8")).prepare(
      `INSERT INTO deliveries (id, occurrence, kind, repository, issue, comment, actor_id, actor_login, actor_type, happened_at, accepted_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    return ({ id, payload: { repository, issue, sender } }) => {
      insert.run(id, `opened ${repository.full_name}#${issue.number}`, "IssueOpened", repository.full_name, issue.number, null,
        sender.id, sender.login, sender.type, issue.updated_at, new Date().toISOString());
    };
  },

  body: () => {
    const insert = sqlite("CREATE TABLE deliveries (id TEXT NOT NULL UNIQUE, event TEXT NOT NULL, body TEXT NOT NULL, received_at TEXT NOT NULL)").prepare(
      "INSERT INTO deliveries (id, event, body, received_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    );
    return ({ id, name, payload }) => {
      insert.run(id, name, JSON.stringify(payload), new Date().toISOString());
    };
  },

  // No database: a line, and fdatasync, which concurrent deliveries may share.
  append: async () => {
    const log = await open(file, "a");
    return async ({ id, payload: { repository, issue, sender } }) => {
      await log.appendFile(`${JSON.stringify({ id, repository: repository.full_name, issue: issue.number, sender: sender.login })}\n`);
      await log.datasync();
    };
  },
};

const handler = await keepers[keep]();
const probot = createProbot({
  overrides: { appId: 1, privateKey: process.env.BENCH_PRIVATE_KEY, secret: process.env.BENCH_SECRET, logLevel: "fatal" },
});
const app = (bot) => {
  bot.on("issues.opened", handler);
};
const server = createServer(await createNodeMiddleware(app, { probot, webhooksPath: "/webhooks/github" }));
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
