// The page before a meeting.

import { inPath, read } from "./api.js";
import { actions, button, fill, h, p, quiet, title } from "./dom.js";
import { keep, kept } from "./kept.js";
import { asOf, openRecord, refusal } from "./places.js";
import { brief as fetched } from "./sync.js";
import { day, length, money, t, time } from "./words.js";
import { player } from "./waveform.js";

export async function brief(place, _asked, ref) {
  const known = await kept(`brief/${ref}`);
  const draw = (value, at) => fill(place, page(value, at));
  if (known) draw(known.value, known.at);
  else fill(place, title(t("brief")), quiet(t("not-kept")));
  fetched(ref).then((fresh) => place.isConnected && draw(fresh, Date.now()), (fault) => known || refusal(fault));
}

function page(value, at) {
  const { client } = value;
  const told = [client.category && `${t("category")} ${client.category}`, client.status && t(client.status), client.city];
  return [
    title(client.name),
    p(told.filter(Boolean).join(" · ")),
    asOf(at),
    actions(
      client.phone && h("a", { class: "button", href: `tel:${client.phone}` }, t("call-them", client)),
      button(t("record-for"), () => openRecord({ client: client.ref, client_name: client.name }), "go")),
    value.figures.length > 0 && [h("h2", {}, t("disbursed")), value.figures.map(figures)],
    h("h2", {}, t("last-notes")),
    value.notes.length ? h("ul", { class: "cards" }, value.notes.map(note)) : quiet(t("no-notes")),
    activities(value),
  ];
}

function figures(one) {
  return h("dl", { class: "figures" },
    row(t("this-year"), money(one.disbursed_this_year, one.currency)),
    row(t("last-year"), money(one.disbursed_last_year_to_date, one.currency)),
    one.last && row([t("last-amount"), h("small", {}, ` ${day(`${one.last.date}T12:00`)}`)], money(one.last.amount, one.currency)));
}

const row = (words, value) => h("div", {}, h("dt", {}, words), h("dd", {}, value));

function note(one) {
  const place = h("div");
  if (one.audio) sound(place, one);
  return h("li", {},
    h("p", { class: "when" }, `${day(one.at)} ${time(one.at)} `, h("span", {}, one.by)),
    place,
    one.text && h("p", { class: "told" }, one.text));
}

// The brief holds no waveform.
async function sound(place, one) {
  const name = `peaks/${one.id}`;
  const { audio: url, seconds } = one;
  const show = (peaks) => fill(place, player({ url, peaks, seconds, title: `${day(one.at)}, ${length(seconds)}` }));
  const known = await kept(name);
  show(known?.value);
  if (known?.value.length) return;
  const { audio } = await read(`/notes/${inPath(one.id)}`).catch(() => ({}));
  if (!audio?.peaks.length) return;
  show(audio.peaks);
  await keep(name, audio.peaks);
}

function activities({ last_activity: last, next_activity: next }) {
  const told = ({ starts_at: at, kind, subject }) => `${day(at)} ${time(at)}, ${t(kind)}${subject ? ` · ${subject}` : ""}`;
  if (!last && !next) return null;
  return h("dl", { class: "figures" },
    last && row(t("last-activity"), told(last)), next && row(t("next-activity"), told(next)));
}
