// Recordings on the device: what is known of each, and its sound in pieces.
//
// {id, rep, state: recording|waiting|refused, started, seconds, size, type, important, client, name, activity, complete,
//  key, upload, offset, note, tries, next, reason, detail}

import { tell } from "./events.js";
import { unwrapped, wrapped } from "./kept.js";
import { all, get, within } from "./store.js";

const piecesOf = (id) => IDBKeyRange.bound([id], [id, []]);

export async function listed() {
  const found = await all("recordings");
  return found.sort((one, other) => one.started - other.started);
}

export const one = (id) => get("recordings", id);

export async function save(recording) {
  await within(["recordings"], "readwrite", (it) => it.put(recording, recording.id));
  tell("outbox");
}

export async function append(recording, number, bytes) {
  const piece = await wrapped(bytes);
  recording.size += bytes.byteLength;
  await within(["recordings", "chunks"], "readwrite", (recordings, chunks) => {
    chunks.put(piece, [recording.id, number]);
    recordings.put(recording, recording.id);
  });
}

export async function sound(recording) {
  const pieces = await all("chunks", piecesOf(recording.id));
  return new Blob(await Promise.all(pieces.map(unwrapped)), { type: recording.type });
}

export async function remove(id) {
  await within(["recordings", "chunks"], "readwrite", (recordings, chunks) => {
    recordings.delete(id);
    chunks.delete(piecesOf(id));
  });
  tell("outbox");
}

/** Have recordings sent, as far as they go, whose tab was killed: nobody holds their lock any more. */
export async function rescue() {
  const cut = (await listed()).filter((recording) => recording.state === "recording");
  for (const recording of cut) {
    await navigator.locks.request(lockOf(recording.id), { ifAvailable: true }, async (lock) => {
      const now = lock && (await one(recording.id));
      if (now?.state !== "recording") return;
      if (now.size) await save({ ...now, state: "waiting" });
      else await remove(now.id);
    });
  }
}

export const lockOf = (id) => `recording-${id}`;
