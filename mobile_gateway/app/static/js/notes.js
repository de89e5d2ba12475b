// The rep's own notes.

import { inPath, read } from "./api.js";
import { button, fill, h, p, quiet, title } from "./dom.js";
import { on } from "./events.js";
import { keep, kept } from "./kept.js";
import { belongsTo, quick } from "./linking.js";
import { asOf, refusal } from "./places.js";
import { day, length, t, time } from "./words.js";

const PAGE = 20;

export async function notes(place) {
  let shown = (await kept("notes"))?.value ?? { items: [] };
  const draw = (at) => place.isConnected && fill(place, page(shown, at, more, changed));
  const changed = (note) => {
    shown.items = shown.items.map((one) => (one.id === note.id ? note : one));
    draw();
  };
  const more = async () => {
    const next = await read(`/notes?limit=${PAGE}&cursor=${inPath(shown.next_cursor)}`).catch(refusal);
    if (next) shown = { items: [...shown.items, ...next.items], next_cursor: next.next_cursor };
    draw();
  };
  const fresh = async () => {
    const answer = await read(`/notes?limit=${PAGE}`).catch((fault) => (shown.items.length ? null : refusal(fault)));
    if (!answer) return;
    shown = answer;
    await keep("notes", answer);
    draw(Date.now());
  };
  fill(place, page(shown, (await kept("notes"))?.at, more, changed));
  fresh();
  return on("sent", fresh);
}

function page(shown, at, more, changed) {
  return [
    title(t("notes")),
    at && asOf(at),
    shown.items.length ? h("ul", { class: "cards" }, shown.items.map((one) => entry(one, changed))) : quiet(t("no-notes")),
    shown.next_cursor && button(t("more"), more),
  ];
}

function entry(one, changed) {
  const words = one.transcript ?? one.text;
  const undecided = one.link.status === "suggested" || one.link.status === "unlinked";
  return h("li", { class: one.state === "failed" ? "refused" : undecided && one.state !== "received" ? "open" : "" },
    h("p", { class: "when" }, `${day(one.recorded_at)} ${time(one.recorded_at)} `,
      h("span", {}, one.kind === "voice" ? length(one.seconds) : t("text"))),
    h("h3", {}, h("a", { href: `#/note/${inPath(one.id)}` }, belongsTo(one))),
    one.reason && p(one.reason),
    words && h("p", { class: "told short" }, words),
    undecided && quick(one, changed));
}
