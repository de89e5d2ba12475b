// What lies on the device is sealed by AES-GCM under a key that no script can read out.

import { get, within } from "./store.js";

async function key() {
  const known = await get("keys", "aes");
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Another tab may have been quicker: the first one stays.
  return within(["keys"], "readwrite", (keys) => {
    keys.add(made, "aes").onerror = (event) => event.preventDefault();
    return keys.get("aes");
  });
}

export async function seal(bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), bytes) };
}

export async function unseal({ iv, sealed }) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), sealed);
}

export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
