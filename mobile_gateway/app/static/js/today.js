// The rep's day: what is under way and next comes first, the brief one tap away.

import { post, inPath } from "./api.js";
import { announce, button, fill, h } from "./dom.js";
import { on } from "./events.js";
import { agendaKept, isOn } from "./meeting.js";
import { agenda } from "./sync.js";
import { asOf, go, openRecord, refusal } from "./places.js";
import { t, time, weekday } from "./words.js";

/** Show the day, and again whenever the agenda changes. */
export async function today(place) {
  const draw = async () => fill(place, await page());
  await draw();
  return on("agenda", draw);
}

async function page() {
  const found = await agendaKept();
  const heading = h("h1", { tabindex: -1 }, weekday(new Date()));
  if (!found) return [heading, h("p", { class: "quiet" }, t("not-kept"))];
  const { items, at } = found;
  const now = Date.now();
  const open = items.filter((one) => one.state === "planned" && Date.parse(one.ends_at) >= now);
  const next = open.find((one) => Date.parse(one.starts_at) > now);
  const earlier = items.filter((one) => !open.includes(one));
  return [
    heading,
    asOf(at),
    items.length ? null : h("p", {}, t("no-activities")),
    list(open, next),
    earlier.length ? [h("h2", {}, t("earlier")), list(earlier)] : null,
  ];
}

const list = (items, next) => h("ul", { class: "cards" }, items.map((one) => entry(one, one === next)));

function entry(one, isNext) {
  const mark = isOn(one) ? "now" : isNext ? "next" : null;
  const address = `#/client/${inPath(one.client)}`;
  return h(
    "li",
    { class: mark ?? one.state },
    h("p", { class: "when" }, `${time(one.starts_at)}–${time(one.ends_at)} `, h("span", {}, t(one.kind)), stateOf(one, mark)),
    h("h3", {}, h("a", { href: address }, one.client_name)),
    one.subject ? h("p", { class: "quiet" }, one.subject) : null,
    one.state === "cancelled" ? null : actions(one, address),
  );
}

function stateOf(one, mark) {
  if (mark) return h("strong", { class: "mark" }, t(mark));
  return one.state === "planned" ? null : h("span", { class: "mark" }, t(one.state));
}

function actions(one, address) {
  const about = ` ${one.client_name}`;
  const hidden = () => h("span", { class: "unseen" }, about);
  const completing = button([t("complete"), hidden()], () => complete(one));
  return h(
    "p",
    { class: "actions" },
    h("a", { class: "button", href: address }, t("brief"), hidden()),
    button([t("record"), hidden()], () => openRecord(one)),
    one.state === "planned" ? completing : null,
  );
}

async function complete(one) {
  try {
    await post(`/activities/${inPath(one.ref)}/complete`);
    announce(t("completed"));
    await agenda();
  } catch (fault) {
    if (fault.code !== "note-required") return refusal(fault);
    announce(t("needs-note"));
    openRecord(one, { complete: one.ref });
  }
  return go;
}
