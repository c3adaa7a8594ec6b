// Calls each endpoint it is given by Octokit's own method for it, as a person or as a GitHub App. Prints what came back as one JSON list.
import { text } from "node:stream/consumers";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "octokit";

const { baseUrl, token, app, calls } = JSON.parse(await text(process.stdin));
const quiet = { debug() {}, info() {}, warn() {}, error: console.error };
const identity = app ? { authStrategy: createAppAuth, auth: app } : { auth: token };
const octokit = new Octokit({ ...identity, baseUrl, log: quiet, throttle: { enabled: false }, retry: { enabled: false } });
const methods = new Map();
for (const scope of Object.values(octokit.rest)) {
  for (const method of Object.values(scope)) {
    const { method: verb, url } = method.endpoint.DEFAULTS;
    methods.set(`${verb} ${url}`, method);
  }
}

const seen = [];
for (const { route, parameters } of calls) {
  const method = methods.get(route);
  if (!method) throw new Error(`Octokit knows no ${route}`);
  const { status, data } = await method(parameters);
  seen.push({ route, status, data });
}
console.log(JSON.stringify(seen));
