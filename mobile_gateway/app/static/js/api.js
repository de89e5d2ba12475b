// The device API: JSON in and out, and one kind of error.

import { tell } from "./events.js";

const PATIENCE = 30_000;

/** A refusal in the server's words, or no answer at all: `status` is 0 then. */
export class Fault extends Error {
  constructor(status, problem = {}) {
    super(problem.title ?? `status ${status}`);
    Object.assign(this, { status, code: problem.code, title: problem.title, detail: problem.detail });
  }

  get passing() {
    return this.status === 0 || this.status === 423 || this.status === 429 || this.status >= 500;
  }
}

/** fetch, with a limit in time; raises Fault where there is no answer or a refusal. */
export async function ask(path, options = {}, patience = PATIENCE) {
  let answer;
  try {
    answer = await fetch(path, { ...options, signal: AbortSignal.timeout(patience) });
  } catch {
    throw new Fault(0);
  }
  if (answer.ok) return answer;
  if (answer.status === 401) tell("signed-out");
  const problem = await answer.json().catch(() => ({}));
  throw new Fault(answer.status, problem);
}

async function json(method, path, body) {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  const answer = await ask(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  return answer.status === 204 ? null : answer.json();
}

export const read = (path) => json("GET", path);
export const post = (path, body) => json("POST", path, body ?? {});
export const patch = (path, body) => json("PATCH", path, body);

export const inPath = encodeURIComponent;
