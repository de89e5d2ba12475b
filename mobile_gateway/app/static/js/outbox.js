// Everything unsent: removed once the server has confirmed the bytes by their hash.

import { Fault, post, read, inPath } from "./api.js";
import { sha256 } from "./crypto.js";
import { tell } from "./events.js";
import { kept } from "./kept.js";
import { listed, one, remove, save, sound } from "./recordings.js";
import { upload } from "./uploads.js";

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 300_000;
const COMPLETION_TRIES = 6;

/** Send what is due, `now` also what waits for its next try. One tab or worker at a time. */
export async function send(now = false) {
  await navigator.locks.request("outbox", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const done = new Set();
    for (let next; (next = await due(now, done)); done.add(next.id)) await attempt(next);
  });
}

/** When there is something left to send: the time of the next try, else null. */
export async function nextTry() {
  const waiting = (await listed()).filter((it) => it.state === "waiting");
  return waiting.length ? Math.min(...waiting.map((it) => it.next ?? 0)) : null;
}

export async function retry(id) {
  const recording = await one(id);
  await save({ ...recording, state: "waiting", key: crypto.randomUUID(), upload: null, note: null, tries: 0, next: 0 });
  await send(true);
}

async function due(now, done) {
  const rep = (await kept("me"))?.value.rep.email;
  // What one rep recorded is never sent in the name of another who uses the same device.
  const waits = (it) => it.state === "waiting" && it.rep === rep && !done.has(it.id) && (now || !(it.next > Date.now()));
  return (await listed()).find(waits);
}

async function attempt(recording) {
  try {
    await deliver(recording);
    await remove(recording.id);
    tell("sent");
  } catch (fault) {
    const known = await one(recording.id);
    if (known) await save({ ...known, ...afterwards(known, fault) });
  }
}

async function deliver(recording) {
  const bytes = await sound(recording);
  const remember = async (place) => save(Object.assign(recording, place));
  if (!recording.note) {
    const note = await upload(bytes, fieldsOf(recording), recording.key, recording, remember);
    await remember({ note });
  }
  await confirm(recording.note, bytes);
  if (recording.complete) await complete(recording);
}

// The server's own hash of what it has: only then may the recording leave the device.
async function confirm(id, bytes) {
  const note = await read(`/notes/${id}`);
  if (note.audio?.sha256 !== (await sha256(await bytes.arrayBuffer()))) throw new Fault(412, { code: "differs" });
}

async function complete(recording) {
  try {
    await post(`/activities/${inPath(recording.complete)}/complete`);
  } catch (fault) {
    // The note is linked a moment after it has come.
    const later = fault.passing || fault.code === "note-required";
    if (later && recording.tries < COMPLETION_TRIES) throw new Fault(0);
  }
}

function fieldsOf(recording) {
  return {
    filename: recording.id,
    filetype: recording.type,
    recorded_at: new Date(recording.started).toISOString(),
    device_time: new Date().toISOString(),
    text: recording.important && "Important",
    client: recording.client,
    activity: recording.activity,
  };
}

// Later again; at once without the destination that was refused; or refused for good.
function afterwards(recording, fault) {
  const wait = Math.min(FIRST_WAIT * 2 ** recording.tries, LONGEST_WAIT);
  const again = { tries: recording.tries + 1, next: Date.now() + wait };
  if (!(fault instanceof Fault)) return { ...again, reason: String(fault) };
  if (fault.passing || [401, 403].includes(fault.status)) return { ...again, reason: fault.title };
  const fresh = { key: crypto.randomUUID(), upload: null, note: null };
  if (fault.code === "differs") return { ...again, ...fresh };
  if (recording.client || recording.activity) {
    return { ...fresh, client: null, activity: null, complete: null, next: 0, reason: fault.title };
  }
  return { state: "refused", reason: fault.title, detail: fault.detail };
}
