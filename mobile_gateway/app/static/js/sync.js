// Keeps the device up to date, and sends the outbox.

import { Fault, inPath, read } from "./api.js";
import { on, tell } from "./events.js";
import { drop, encrypt, keep, kept } from "./kept.js";
import { nextTry, send } from "./outbox.js";
import { dayOf, speak } from "./words.js";

const REFRESH = 5 * 60_000;
const PORTFOLIO = 2_000;

/** The rep, device and policy as last known. */
export let me;

let timer;
let keeping = false;

/** Whether anything is kept from last time. */
export async function remembered() {
  const known = await kept("me").catch(() => undefined);
  if (known) await take(known.value);
  return Boolean(known);
}

/** Ask the server who we are. Raises Fault: 401 where nobody is signed in. */
export async function whoAmI() {
  const answer = await read("/me");
  const before = (await kept("me"))?.value;
  // Somebody else's clients are nobody's business here.
  const changed = before && before.rep.email !== answer.rep.email;
  if (changed || before?.policy.encrypt_offline !== answer.policy.encrypt_offline) await drop();
  await take(answer);
  await keep("me", answer);
}

async function take(answer) {
  me = answer;
  encrypt(answer.policy.encrypt_offline);
  await speak(answer.rep.language, answer.rep.timezone);
}

// Without a network all stays as it is.
async function refresh() {
  try {
    await whoAmI();
    const today = await agenda();
    await keep("portfolio", (await read(`/clients?limit=${PORTFOLIO}`)).items);
    for (const ref of new Set(today.map((one) => one.client))) await brief(ref);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
  }
}

export async function agenda() {
  const day = dayOf(new Date());
  const { items } = await read(`/activities?since=${day}T00:00:00&until=${day}T23:59:59&limit=200`);
  await keep("agenda", { day, items });
  tell("agenda");
  return items;
}

export async function brief(ref) {
  const answer = await read(`/clients/${inPath(ref)}/brief?as=json`);
  await keep(`brief/${ref}`, answer);
  return answer;
}

async function outbox() {
  clearTimeout(timer);
  await send(true);
  const next = await nextTry();
  if (next !== null) timer = setTimeout(outbox, Math.max(1_000, next - Date.now()));
}

function everything() {
  refresh();
  outbox();
}

/** Refresh and send, now and from now on. */
export function keepUp() {
  everything();
  if (keeping) return;
  keeping = true;
  addEventListener("online", everything);
  document.addEventListener("visibilitychange", () => document.hidden || everything());
  setInterval(() => document.hidden || refresh(), REFRESH);
  on("sent", refresh);
  on("recorded", () => {
    outbox();
    // Where there is Background Sync, the browser sends even if the app is closed.
    navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("outbox")).catch(() => {});
  });
}
