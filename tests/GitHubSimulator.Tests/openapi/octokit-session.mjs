// GitHub's own JavaScript client goes through the life of an issue. Prints what it saw as one JSON object.
import { Octokit } from "octokit";

const [baseUrl, owner, repo] = process.argv.slice(2);
const quiet = { debug() {}, info() {}, warn() {}, error: console.error };
const as = (auth) => new Octokit({ auth, baseUrl, log: quiet, throttle: { enabled: false } });
const user = as("user:ada");
const bot = as("bot-token");
const at = { owner, repo };

const { data: me } = await bot.rest.users.getAuthenticated();
const { data: opened } = await user.rest.issues.create({ ...at, title: "Sync stuck at 50%", body: "Since noon" });
const issue = { ...at, issue_number: opened.number };
await bot.rest.issues.createLabel({ ...at, name: "needs-admin", color: "d93f0b" });
await bot.rest.issues.addLabels({ ...issue, labels: ["resolved", "needs-admin"] });
await bot.rest.issues.removeLabel({ ...issue, name: "needs-admin" });
const { data: comment } = await bot.rest.issues.createComment({ ...issue, body: "Looking" });
await bot.rest.issues.updateComment({ ...at, comment_id: comment.id, body: "Fixed" });
await bot.rest.reactions.createForIssue({ ...issue, content: "eyes" });
await bot.rest.issues.update({ ...issue, state: "closed", state_reason: "completed" });
const { data: closed } = await user.rest.issues.get(issue);
const comments = await bot.paginate(bot.rest.issues.listComments, { ...issue, per_page: 100 });
const events = await bot.paginate(bot.rest.issues.listEvents, issue);
const timeline = await bot.paginate(bot.rest.issues.listEventsForTimeline, issue);
const all = await bot.paginate(bot.rest.issues.listForRepo, { ...at, state: "all", per_page: 2 });
const { data: permission } = await bot.rest.repos.getCollaboratorPermissionLevel({ ...at, username: me.login });
const missing = await bot.rest.issues.get({ ...at, issue_number: 999 }).catch((error) => error.status);

console.log(JSON.stringify({
  me: me.login,
  number: opened.number,
  state: closed.state,
  reason: closed.state_reason,
  closedBy: closed.closed_by.login,
  labels: closed.labels.map((label) => label.name),
  comments: comments.map((one) => one.body),
  events: events.map((one) => one.event),
  timeline: timeline.map((one) => one.event),
  issues: all.length,
  permission: permission.permission,
  missing,
}));
