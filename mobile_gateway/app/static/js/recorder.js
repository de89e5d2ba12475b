// Sound goes into the database second by second, while it is recorded.

import { tell } from "./events.js";
import { append, lockOf, remove, save } from "./recordings.js";

const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS_A_SECOND = 32_000;
const PIECE = 1_000;

/** The recording under way, or null: {recording, paused, stream, …}. */
export let current = null;

export const able = () => Boolean(globalThis.MediaRecorder && navigator.mediaDevices);

/** Seconds recorded so far, pauses left out. */
export function elapsed() {
  if (!current) return 0;
  return (current.before + (current.paused ? 0 : performance.now() - current.since)) / 1000;
}

/** Record for `rep`, `longest` seconds at most. */
export async function start(rep, longest) {
  const wanted = { channelCount: 1, noiseSuppression: true, autoGainControl: true, echoCancellation: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: wanted });
  const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  const media = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS_A_SECOND });
  const recording = {
    id: crypto.randomUUID(), key: crypto.randomUUID(), rep, state: "recording", started: Date.now(), seconds: 0, size: 0, tries: 0,
    type: media.mimeType.split(";")[0],
  };
  const mine = { recording, media, stream, paused: false, before: 0, since: performance.now(), pieces: 0 };
  await hold(mine);
  await (mine.written = save(recording));
  current = mine;
  media.ondataavailable = (event) => take(mine, event.data);
  media.onstop = stop; // the microphone was taken away
  media.start(PIECE);
  mine.limit = setInterval(() => elapsed() >= longest && stop(), 500);
  navigator.wakeLock?.request("screen").then((lock) => (mine.awake = lock), () => {});
  navigator.storage?.persist?.();
  tell("recorder");
}

export function pause() {
  current.media.pause();
  current.before += performance.now() - current.since;
  current.paused = true;
  tell("recorder");
}

export function resume() {
  current.media.resume();
  current.since = performance.now();
  current.paused = false;
  tell("recorder");
}

export function amend(changes) {
  Object.assign(current.recording, changes);
  tell("recorder");
}

/** Resolves once all of it is written and waits to be sent, or is gone. */
export async function stop(keep = true) {
  const mine = current;
  if (!mine) return;
  const { recording } = mine;
  recording.seconds = elapsed();
  current = null;
  clearInterval(mine.limit);
  const over = new Promise((resolve) => (mine.media.onstop = resolve));
  if (mine.media.state !== "inactive") {
    mine.media.stop();
    await over;
  }
  await mine.written.catch(() => {});
  mine.stream.getTracks().forEach((track) => track.stop());
  mine.awake?.release();
  try {
    await (keep ? save({ ...recording, state: "waiting" }) : remove(recording.id));
  } finally {
    mine.release();
    tell("recorder");
  }
  if (keep) tell("recorded");
}

// Until it is released, no other tab takes the recording for one whose tab was killed.
function hold(mine) {
  return new Promise((held) => {
    const holding = new Promise((release) => (mine.release = release));
    navigator.locks.request(lockOf(mine.recording.id), () => {
      held();
      return holding;
    });
  });
}

function take(mine, data) {
  const number = mine.pieces++;
  mine.written = mine.written.then(async () => {
    if (!data.size) return;
    if (mine === current) mine.recording.seconds = elapsed();
    await append(mine.recording, number, await data.arrayBuffer());
  });
  // A full disk: what is written stays, and the rep hears of it at once.
  mine.written.catch(() => {
    tell("device-full");
    if (mine === current) stop();
  });
}

addEventListener("pagehide", () => current?.media.requestData());
