// A client of tus 1.0.0 (https://tus.io/protocols/resumable-upload).

import { Fault, ask } from "./api.js";

const UPLOADS = "/api/v1/uploads";
const BASE = { "Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream" };
const PIECE = 256 * 1024;
const PATIENCE = 120_000; // milliseconds for a piece: two KB a second are enough

/**
 * Bring `sound` to the server; resolves to the note's id. `place.upload` is where it was brought to the last time;
 * `remember` gets {upload, offset} after every step. By the `key`, a creation whose answer was lost is the same again.
 */
export async function upload(sound, fields, key, place, remember) {
  let at = place.upload ? await ahead(place.upload) : null;
  if (!at) {
    at = await created(sound, fields, key);
    await remember({ upload: at.upload, offset: at.offset });
  }
  for (let asked = 0; !at.note; ) {
    // Whole, and yet no note: no server that we know.
    if (at.offset >= sound.size && asked++ > 2) throw new Fault(502);
    const piece = sound.slice(at.offset, at.offset + PIECE);
    at = { ...at, ...(await sent(at.upload, at.offset, piece)) };
    await remember({ upload: at.upload, offset: at.offset });
  }
  return at.note;
}

// The first piece goes with the creation: a short note takes one round trip.
async function created(sound, fields, key) {
  const headers = { ...BASE, "Upload-Length": sound.size, "Upload-Metadata": metadata(fields), "Idempotency-Key": key };
  const answer = await ask(UPLOADS, { method: "POST", headers, body: sound.slice(0, PIECE) }, PATIENCE);
  return { upload: new URL(answer.headers.get("Location"), location.href).pathname, ...progressOf(answer) };
}

// How far an upload is; null for one that is not there any more.
async function ahead(upload) {
  try {
    const answer = await ask(upload, { method: "HEAD", headers: BASE, cache: "no-store" });
    return { upload, ...progressOf(answer) };
  } catch (fault) {
    if (fault.status === 404 || fault.status === 410) return null;
    throw fault;
  }
}

async function sent(upload, offset, piece) {
  const headers = { ...BASE, "Upload-Offset": offset };
  try {
    const answer = await ask(upload, { method: "PATCH", headers, body: piece }, PATIENCE);
    return progressOf(answer);
  } catch (fault) {
    // An answer was lost: the server knows how far it is.
    if (fault.status !== 409) throw fault;
    const known = await ahead(upload);
    if (!known || known.offset === offset) throw fault;
    return known;
  }
}

const progressOf = ({ headers }) => ({
  offset: Number(headers.get("Upload-Offset")),
  note: headers.get("Content-Location")?.split("/").pop(),
});

function metadata(fields) {
  return Object.entries(fields)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name} ${btoa(String.fromCharCode(...new TextEncoder().encode(value)))}`)
    .join(",");
}
