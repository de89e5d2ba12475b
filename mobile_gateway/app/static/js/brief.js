// The page before a meeting: who the client is, the figures, the last three notes to read and hear.

import { inPath, read } from "./api.js";
import { button, fill, h } from "./dom.js";
import { keep, kept } from "./kept.js";
import { asOf, openRecord, refusal } from "./places.js";
import { brief as fetched } from "./sync.js";
import { day, length, money, plainDay, t, time } from "./words.js";
import { player } from "./waveform.js";

/** Show a client's brief: what is on the device at once, then what the server has. */
export async function brief(place, _asked, ref) {
  const known = await kept(`brief/${ref}`);
  const draw = (value, at) => fill(place, page(value, at));
  if (known) draw(known.value, known.at);
  else fill(place, h("h1", { tabindex: -1 }, t("brief")), h("p", { class: "quiet" }, t("not-kept")));
  fetched(ref).then((fresh) => place.isConnected && draw(fresh, Date.now()), (fault) => known || refusal(fault));
}

function page(value, at) {
  const { client } = value;
  const told = [client.category && `${t("category")} ${client.category}`, client.status && t(client.status), client.city];
  return [
    h("h1", { tabindex: -1 }, client.name),
    h("p", {}, told.filter(Boolean).join(" · ")),
    asOf(at),
    h("p", { class: "actions" },
      client.phone ? h("a", { class: "button", href: `tel:${client.phone}` }, t("call-them", { phone: client.phone })) : null,
      button(t("record-for"), () => openRecord({ client: client.ref, client_name: client.name }), "go")),
    value.figures.length ? [h("h2", {}, t("disbursed")), value.figures.map(figures)] : null,
    h("h2", {}, t("last-notes")),
    value.notes.length ? h("ul", { class: "cards" }, value.notes.map(note)) : h("p", { class: "quiet" }, t("no-notes")),
    value.last_activity || value.next_activity ? activities(value) : null,
  ];
}

function figures(one) {
  const row = (words, amount, more) => h("div", {}, h("dt", {}, words, more ? h("small", {}, ` ${more}`) : null), h("dd", {}, amount));
  return h("dl", { class: "figures" },
    row(t("this-year"), money(one.disbursed_this_year, one.currency)),
    row(t("last-year"), money(one.disbursed_last_year_to_date, one.currency)),
    one.last ? row(t("last-amount"), money(one.last.amount, one.currency), plainDay(one.last.date)) : null);
}

function note(one) {
  const place = h("div", {});
  if (one.audio) sound(place, one);
  return h("li", {},
    h("p", { class: "when" }, `${day(one.at)} ${time(one.at)} `, h("span", {}, one.by)),
    place,
    one.text ? h("p", { class: "told" }, one.text) : null);
}

// The brief does not hold the waveform: it is asked for, and kept.
async function sound(place, one) {
  const name = `peaks/${one.id}`;
  const show = (peaks) => fill(place, player({ url: one.audio, peaks, seconds: one.seconds, title: `${day(one.at)}, ${length(one.seconds)}` }));
  const known = await kept(name);
  show(known?.value);
  if (known?.value.length) return;
  const { audio } = await read(`/notes/${inPath(one.id)}`).catch(() => ({}));
  if (!audio?.peaks.length) return;
  show(audio.peaks);
  await keep(name, audio.peaks);
}

function activities({ last_activity: last, next_activity: next }) {
  const line = (words, one) =>
    one ? h("div", {}, h("dt", {}, words), h("dd", {}, `${day(one.starts_at)} ${time(one.starts_at)}, ${t(one.kind)}`, one.subject ? ` · ${one.subject}` : "")) : null;
  return h("dl", { class: "figures" }, line(t("last-activity"), last), line(t("next-activity"), next));
}
