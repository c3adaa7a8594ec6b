// Reads lines {"event":…,"body":…} and holds each body against GitHub's published webhook schemas. Prints what is wrong.
// A property the schemas do not know is let pass: the API's own description is newer than they are and has some more.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const Ajv = require("ajv").default;
const addFormats = require("ajv-formats").default;
const schema = require("@octokit/webhooks-schemas/schema.json");

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(schema, "webhooks");
let wrong = 0;
for await (const line of createInterface({ input: process.stdin })) {
  if (!line) continue;
  const { event, body } = JSON.parse(line);
  const name = event === "ping" ? "ping$event" : `${event}$${body.action}`;
  const check = ajv.getSchema(`webhooks#/definitions/${name}`);
  if (!check) {
    wrong++;
    console.log(`${name}: no such schema`);
    continue;
  }

  check(body);
  const errors = (check.errors ?? []).filter((e) => e.keyword !== "additionalProperties");
  if (errors.length > 0) {
    wrong++;
    console.log(`${name}: ${errors.map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`).join("; ")}`);
  }
}
process.exit(wrong === 0 ? 0 : 1);
