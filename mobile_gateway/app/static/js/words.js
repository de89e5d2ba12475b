// Words, and how times and money are written.

let language;
let timeZone;
let words = {};

/** Speak a language from now on, in that zone; the browser's own where they are not given. */
export async function speak(wanted = navigator.language, zone = undefined) {
  timeZone = zone;
  const before = language;
  language = wanted.startsWith("fr") ? "fr" : "en";
  if (language === before) return;
  const answer = await fetch(`/app/words/${language}.json`);
  words = await answer.json();
  document.documentElement.lang = language;
}

/** The words for a key, their {placeholders} filled; a key that is not there is its own word. */
export const t = (key, values = {}) => (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** Write its words into every element that names them. */
export function translate(place) {
  for (const one of place.querySelectorAll("[data-t]")) one.textContent = t(one.dataset.t);
}

const locale = () => `${language}-CA`;
const written = (at, options, how = locale()) => new Intl.DateTimeFormat(how, { timeZone, ...options }).format(new Date(at));

/** `14:05`, and `2026-11-24`, and the rest: the rep's clock and day, whatever the phone's are. */
export const time = (at) => written(at, { hour: "2-digit", minute: "2-digit" }, "en-GB");
export const dayOf = (at) => written(at, {}, "en-CA");
export const weekday = (at) => written(at, { weekday: "long", day: "numeric", month: "long" });

/** `Nov 24`, with the year if it is another one. */
export function day(at) {
  const year = dayOf(at).slice(0, 4) === dayOf(Date.now()).slice(0, 4) ? undefined : "numeric";
  return written(at, { day: "numeric", month: "short", year });
}

export function length(seconds) {
  const whole = Math.round(seconds ?? 0);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** An exact decimal string with its currency. */
export const money = (amount, currency) => new Intl.NumberFormat(locale(), { style: "currency", currency }).format(amount);

export const size = (bytes) => t("kilobytes", { n: new Intl.NumberFormat(locale()).format(Math.ceil(bytes / 1000)) });
