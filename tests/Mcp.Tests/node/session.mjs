// An MCP session of the official TypeScript client. Usage: node session.mjs STEPS.json COMMAND ARG..., or STEPS.json URL with MCP_TOKEN set.
// A step is {"tool", "arguments"}, {"resource"} or {"list": "tools"}. "$3.plan_id" in an argument is that field of the answer of step 3.
import { readFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [stepsFile, command, ...args] = process.argv.slice(2);
// A machine may be busy; a test that hangs is ended by its runner.
const patience = 300_000;
const steps = JSON.parse(readFileSync(stepsFile, "utf8"));
const client = new Client({ name: "fieldmedic-tests", version: "1.0.0" });
const transport = command.startsWith("http://")
  ? new StreamableHTTPClientTransport(new URL(command), { requestInit: { headers: { Authorization: `Bearer ${process.env.MCP_TOKEN}` } } })
  : new StdioClientTransport({ command, args, env: process.env, stderr: "inherit" });
await client.connect(transport, { timeout: patience });

const answers = [];
for (const step of steps) {
  if (step.list === "tools") {
    answers.push(await client.listTools());
  } else if (step.list === "resources") {
    answers.push({ ...(await client.listResources()), ...(await client.listResourceTemplates()) });
  } else if (step.resource) {
    answers.push(await client.readResource({ uri: fill(step.resource) }));
  } else {
    const progress = [];
    const named = Object.fromEntries(Object.entries(step.arguments ?? {}).map(([name, value]) => [name, fill(value)]));
    const answer = await client.callTool({ name: step.tool, arguments: named }, undefined, {
      timeout: patience,
      resetTimeoutOnProgress: true,
      onprogress: (p) => progress.push(p.message),
    });
    answers.push({ ...answer, progress });
  }
}

await client.close();
console.log(JSON.stringify({ server: client.getServerVersion(), instructions: client.getInstructions(), answers }));

function fill(value) {
  return typeof value === "string" ? value.replace(/\$(\d+)\.(\w+)/g, (_, step, field) => answers[step].structuredContent[field]) : value;
}
