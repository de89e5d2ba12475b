// The rep's day.

import { post, inPath } from "./api.js";
import { actions, announce, button, fill, h, p, quiet, title } from "./dom.js";
import { on } from "./events.js";
import { agendaKept, isOn } from "./meeting.js";
import { asOf, openRecord, refusal } from "./places.js";
import { agenda } from "./sync.js";
import { t, time, weekday } from "./words.js";

export async function today(place) {
  const draw = async () => fill(place, title(weekday(new Date())), await day());
  await draw();
  return on("agenda", draw);
}

async function day() {
  const found = await agendaKept();
  if (!found) return quiet(t("not-kept"));
  const now = Date.now();
  const open = found.items.filter((one) => one.state === "planned" && Date.parse(one.ends_at) >= now);
  const next = open.find((one) => Date.parse(one.starts_at) > now);
  const earlier = found.items.filter((one) => !open.includes(one));
  const list = (items) => h("ul", { class: "cards" }, items.map((one) => entry(one, one === next)));
  return [
    asOf(found.at),
    found.items.length ? list(open) : p(t("no-activities")),
    earlier.length > 0 && [h("h2", {}, t("earlier")), list(earlier)],
  ];
}

function entry(one, isNext) {
  const mark = isOn(one) ? "now" : isNext ? "next" : one.state;
  const address = `#/client/${inPath(one.client)}`;
  // For who hears a button without seeing its card.
  const whose = () => h("span", { class: "unseen" }, ` ${one.client_name}`);
  return h("li", { class: mark },
    h("p", { class: "when" }, `${time(one.starts_at)}–${time(one.ends_at)} `, h("span", {}, t(one.kind)),
      mark !== "planned" && h("strong", { class: "mark" }, t(mark))),
    h("h3", {}, h("a", { href: address }, one.client_name)),
    one.subject && quiet(one.subject),
    one.state !== "cancelled" && actions(
      h("a", { class: "button", href: address }, t("brief"), whose()),
      button([t("record"), whose()], () => openRecord(one)),
      one.state === "planned" && button([t("complete"), whose()], () => complete(one))));
}

async function complete(one) {
  try {
    await post(`/activities/${inPath(one.ref)}/complete`);
    announce(t("completed"));
    await agenda();
  } catch (fault) {
    if (fault.code === "note-required") openRecord(one, one.ref);
    else refusal(fault);
  }
}
