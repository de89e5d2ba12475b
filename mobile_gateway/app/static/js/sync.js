// Keeps the device up to date: who the rep is, today's agenda with its briefs, the portfolio; and sends the outbox.

import { Fault, inPath, read } from "./api.js";
import { on, tell } from "./events.js";
import { drop, encrypt, keep, kept } from "./kept.js";
import { nextTry, send } from "./outbox.js";
import { dayOf, speak } from "./words.js";

const REFRESH = 5 * 60_000;
const PORTFOLIO = 2_000;

/** The rep, device and policy as last known; undefined before the first sign-in. */
export let me;

/** Take over what is kept from last time; resolves to whether there is anything. */
export async function remembered() {
  const known = await kept("me").catch(() => undefined);
  if (known) await take(known.value);
  return Boolean(known);
}

/** Ask the server who we are. Raises Fault: 401 where nobody is signed in. */
export async function whoAmI() {
  const answer = await read("/me");
  const before = await kept("me");
  // Somebody else's clients are nobody's business here.
  const changed = before && before.value.rep.email !== answer.rep.email;
  if (changed || before?.value.policy.encrypt_offline !== answer.policy.encrypt_offline) await drop();
  await take(answer);
  await keep("me", answer);
}

/** Bring everything up to date; without a network all stays as it is. */
export async function refresh() {
  try {
    await whoAmI();
    await agenda();
    await keep("portfolio", (await read(`/clients?limit=${PORTFOLIO}`)).items);
    tell("portfolio");
    await briefs();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
  }
}

/** Fetch today's agenda. */
export async function agenda() {
  const day = dayOf(new Date());
  const after = dayOf(new Date(Date.now() + 36 * 3_600_000));
  const { items } = await read(`/activities?since=${day}T00:00:00&until=${after}T00:00:00&limit=200`);
  const today = items.filter((one) => dayOf(new Date(one.starts_at)) === day);
  await keep("agenda", { day, items: today });
  tell("agenda");
}

/** A client's brief, kept for later. */
export async function brief(ref) {
  const answer = await read(`/clients/${inPath(ref)}/brief?as=json`);
  await keep(`brief/${ref}`, answer);
  return answer;
}

/** Refresh and send from now on: at once, when the network comes back, when the app is looked at, and by the clock. */
export function keepUp() {
  let timer;
  const outbox = async (now) => {
    clearTimeout(timer);
    await send(now);
    const next = await nextTry();
    if (next !== null) timer = setTimeout(outbox, Math.max(1_000, next - Date.now()));
  };
  const everything = () => {
    refresh();
    outbox(true);
  };
  addEventListener("online", everything);
  document.addEventListener("visibilitychange", () => document.hidden || everything());
  setInterval(() => document.hidden || refresh(), REFRESH);
  on("recorded", () => {
    outbox(true);
    // Where there is Background Sync, the browser sends even if the app is closed.
    navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("outbox")).catch(() => {});
  });
  on("sent", () => refresh());
  everything();
}

async function briefs() {
  const { value } = await kept("agenda");
  for (const ref of new Set(value.items.map((one) => one.client))) await brief(ref);
}

async function take(answer) {
  me = answer;
  encrypt(answer.policy.encrypt_offline);
  await speak(answer.rep.language, answer.rep.timezone);
}
