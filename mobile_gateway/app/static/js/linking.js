// Whose note it is, and saying so with one tap.

import { inPath, patch } from "./api.js";
import { choose } from "./choose.js";
import { actions, announce, button } from "./dom.js";
import { refusal } from "./places.js";
import { t } from "./words.js";

export function belongsTo(note) {
  if (note.link.client_name) return note.link.client_name;
  if (note.state === "received") return t("received");
  return note.link.status === "confirmed" ? t("nobody") : t(note.link.status);
}

/** `changed` gets the note as it is afterwards. */
export function quick(note, changed) {
  return actions(
    note.link.suggestions.map((one) => button(one.name, () => say(note, one, changed))),
    button(t("correct"), () => other(note, changed)));
}

export async function other(note, changed) {
  const chosen = await choose(t("nobody"), { client: null, name: t("nobody") });
  if (chosen) await say(note, chosen, changed);
}

export async function say(note, { client, activity, name }, changed) {
  try {
    changed(await patch(`/notes/${inPath(note.id)}`, { client, activity: activity ?? null }));
    announce(t("corrected", { name }));
  } catch (fault) {
    refusal(fault);
  }
}
