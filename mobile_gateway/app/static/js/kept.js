// Answers of the server, kept for when there is no network.

import { seal, unseal } from "./crypto.js";
import { clear, get, put } from "./store.js";

let sealing = true;

export function encrypt(wanted) {
  sealing = wanted;
}

export async function wrapped(bytes) {
  return sealing ? seal(bytes) : bytes;
}

export async function unwrapped(stored) {
  return stored.sealed ? unseal(stored) : stored;
}

export async function keep(name, value) {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  await put("kept", name, { at: Date.now(), data: await wrapped(bytes) });
}

/** {at, value} as it was kept, or undefined. */
export async function kept(name) {
  const found = await get("kept", name);
  if (!found) return undefined;
  const bytes = await unwrapped(found.data);
  return { at: found.at, value: JSON.parse(new TextDecoder().decode(bytes)) };
}

export const drop = () => clear("kept");
