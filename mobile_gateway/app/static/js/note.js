// One note: to hear and read, whose it is and why.

import { inPath, read } from "./api.js";
import { button, fill, h, p, title } from "./dom.js";
import { kept } from "./kept.js";
import { belongsTo, other, say } from "./linking.js";
import { refusal } from "./places.js";
import { player } from "./waveform.js";
import { day, t, time } from "./words.js";

const AGAIN = 1_500; // ms, while the note is being worked on

export async function note(place, _asked, id) {
  let waiting;
  const draw = (one) => place.isConnected && fill(place, page(one, draw));
  const fresh = async () => {
    const one = await read(`/notes/${inPath(id)}`).catch(refusal);
    if (!one) return;
    draw(one);
    if (one.state === "received") waiting = setTimeout(fresh, AGAIN);
  };
  const known = (await kept("notes"))?.value.items.find((one) => one.id === id);
  fill(place, known ? page(known, draw) : title(t("notes")));
  fresh();
  return () => clearTimeout(waiting);
}

function page(one, changed) {
  const when = `${day(one.recorded_at)} ${time(one.recorded_at)}`;
  return [
    title(belongsTo(one)),
    h("p", { class: "when" }, `${when} `, h("span", {}, t(one.state === "failed" ? "failed" : one.link.status))),
    [one.reason, one.remark].filter(Boolean).map((words) => h("p", { class: "tell bad" }, words)),
    one.audio?.playable && player({ ...one.audio, seconds: one.audio.played_seconds, title: when }),
    one.audio && one.state === "failed" && p(h("a", { href: `${one.audio.url}?as=original` }, t("original"))),
    [one.text, one.transcript].filter(Boolean).map((words) => h("p", { class: "told" }, words)),
    one.link.evidence.length > 0 && why(one.link.evidence),
    linking(one, changed),
  ];
}

const why = (evidence) => [
  h("h2", {}, t("why")), h("ul", { class: "reasons" }, evidence.map((words) => h("li", {}, words))),
];

function linking(one, changed) {
  const { client, status, suggestions } = one.link;
  const open = status === "confirmed" ? [] : suggestions;
  return [
    client && p(h("a", { class: "button", href: `#/client/${inPath(client)}` }, t("brief"))),
    h("h2", {}, t("correct-it")),
    h("ul", { class: "list" }, open.map((suggestion) => h("li", {},
      button([h("strong", {}, suggestion.name), h("small", {}, suggestion.evidence.join(" · "))], () => say(one, suggestion, changed))))),
    button(t("correct"), () => other(one, changed)),
  ];
}
