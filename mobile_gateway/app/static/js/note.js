// One note: to hear and read, whose it is and why, and correcting that.

import { inPath, read } from "./api.js";
import { button, fill, h } from "./dom.js";
import { kept } from "./kept.js";
import { belongsTo, other, say } from "./linking.js";
import { refusal } from "./places.js";
import { player } from "./waveform.js";
import { day, t, time } from "./words.js";

const AGAIN = 1_500; // ms, while the note is being worked on

/** Show a note, and again while it is being worked on. */
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
  fill(place, known ? page(known, draw) : h("h1", { tabindex: -1 }, t("notes")));
  fresh();
  return () => clearTimeout(waiting);
}

function page(one, changed) {
  const when = `${day(one.recorded_at)} ${time(one.recorded_at)}`;
  return [
    h("h1", { tabindex: -1 }, belongsTo(one)),
    h("p", { class: "when" }, `${when} `, h("span", {}, t(one.state === "failed" ? "failed" : one.link.status))),
    [one.reason, one.remark].filter(Boolean).map((words) => h("p", { class: "tell bad" }, words)),
    one.audio?.playable ? player({ url: one.audio.url, peaks: one.audio.peaks, seconds: one.audio.played_seconds, title: when }) : null,
    one.audio && one.state === "failed" ? h("p", {}, h("a", { href: `${one.audio.url}?as=original` }, t("original"))) : null,
    [one.text, one.transcript].filter(Boolean).map((words) => h("p", { class: "told" }, words)),
    why(one.link.evidence),
    linking(one, changed),
  ];
}

function why(evidence) {
  if (!evidence.length) return null;
  return [h("h2", {}, t("why")), h("ul", { class: "reasons" }, evidence.map((words) => h("li", {}, words)))];
}

function linking(one, changed) {
  const { client, status, suggestions } = one.link;
  const rest = suggestions.filter((suggestion) => suggestion.client !== client || status !== "confirmed");
  return [
    client ? h("p", {}, h("a", { class: "button", href: `#/client/${inPath(client)}` }, t("brief"))) : null,
    h("h2", {}, t("which")),
    h("ul", { class: "list" }, rest.map((suggestion) => h("li", {},
      button([h("strong", {}, suggestion.name), h("small", {}, suggestion.evidence.join(" · "))], () => say(one, suggestion, changed))))),
    button(t("correct"), () => other(one, changed)),
  ];
}
