// Which meeting a recording made now is about.

import { kept } from "./kept.js";
import { dayOf } from "./words.js";

const JUST_OVER = 45 * 60_000;

/** Today's activities as kept, or undefined: {at, items}. */
export async function agendaKept() {
  const found = await kept("agenda");
  if (!found || found.value.day !== dayOf(Date.now())) return undefined;
  return { at: found.at, items: found.value.items };
}

export const isOn = (one, now = Date.now()) =>
  one.state === "planned" && Date.parse(one.starts_at) <= now && now <= Date.parse(one.ends_at);

export function meetingNow(items, now = Date.now()) {
  const over = (one) => now - Date.parse(one.ends_at);
  const live = items.filter((one) => one.state !== "cancelled");
  const under = live.filter((one) => isOn(one, now)).at(-1);
  const past = live.filter((one) => over(one) > 0 && over(one) <= JUST_OVER);
  return under ?? past.sort((one, other) => over(one) - over(other))[0];
}

export const destination = (one) => ({ client: one.client, name: one.client_name, activity: one.ref });
