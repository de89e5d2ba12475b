// Going from one view to another, and what several views say in the same way.

import { announce, h } from "./dom.js";
import { Fault } from "./api.js";
import { day, dayOf, t, time } from "./words.js";

/** Go to a view: `client/C1`. */
export function go(path) {
  location.hash = `#/${path}`;
}

/** Go and record a note about an activity; `more` is said of the recording too. */
export function openRecord(activity, more = {}) {
  const about = { client: activity.client, name: activity.client_name, activity: activity.ref ?? "", ...more };
  go(`record?${new URLSearchParams(about)}`);
}

/** “as of 08:12”, and that there is no network. */
export function asOf(at) {
  const today = dayOf(new Date(at)) === dayOf(new Date());
  const words = today ? t("as-of", { time: time(at) }) : t("as-of-day", { day: day(at), time: time(at) });
  return h("p", { class: "as-of" }, navigator.onLine ? words : `${t("offline")}, ${words}`);
}

/** Say what the server refused, or that it cannot be reached; whatever else went wrong is thrown on. */
export function refusal(fault) {
  if (!(fault instanceof Fault)) throw fault;
  announce(fault.title ? `${fault.title} ${fault.detail ?? ""}` : t("no-network"));
}
