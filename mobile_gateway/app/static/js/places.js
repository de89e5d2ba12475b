// What several views share.

import { Fault } from "./api.js";
import { announce, h } from "./dom.js";
import { day, dayOf, t, time } from "./words.js";

export function go(path) {
  location.hash = `#/${path}`;
}

/** Go and record a note about an activity, which it completes if `complete` names it. */
export function openRecord({ client, client_name: name, ref: activity = "" }, complete = "") {
  go(`record?${new URLSearchParams({ client, name, activity, complete })}`);
}

/** “as of 08:12”, and that there is no network. */
export function asOf(at) {
  const today = dayOf(at) === dayOf(Date.now());
  const words = t(today ? "as-of" : "as-of-day", { day: day(at), time: time(at) });
  return h("p", { class: "as-of" }, navigator.onLine ? words : `${t("offline")}, ${words}`);
}

/** Say what the server refused, or that it cannot be reached. */
export function refusal(fault) {
  announce(wordsOf(fault));
}

export function wordsOf(fault) {
  if (!(fault instanceof Fault)) throw fault;
  return fault.title ? `${fault.title} ${fault.detail}` : t("no-network");
}
