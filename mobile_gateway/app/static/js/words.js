// What the app says, in English and French, and how it writes times and money.

let language;
let timezone;
let words = {};

/** Speak a language from now on, in that zone; the browser's own where they are not given. */
export async function speak(wanted = navigator.language, zone = undefined) {
  timezone = zone;
  const before = language;
  language = wanted.startsWith("fr") ? "fr" : "en";
  if (language === before) return;
  const answer = await fetch(`/app/words/${language}.json`);
  words = await answer.json();
  document.documentElement.lang = language;
}

export const locale = () => `${language}-CA`;

/** The words for a key, their {placeholders} filled; a key that is not there is its own word. */
export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const format = (options) => new Intl.DateTimeFormat(locale(), { timeZone: timezone, ...options });

/** `14:05`, on the rep's clock. */
export const time = (at) =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: timezone }).format(new Date(at));

/** `2026-11-24`: the rep's day. */
export const dayOf = (at) => new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(at);

export const weekday = (at) => format({ weekday: "long", day: "numeric", month: "long" }).format(at);

/** `Nov 24`, with the year if it is another one. */
export function day(at) {
  const then = new Date(at);
  const same = dayOf(then).slice(0, 4) === dayOf(new Date()).slice(0, 4);
  return format({ day: "numeric", month: "short", ...(same ? {} : { year: "numeric" }) }).format(then);
}

/** A day without a time, such as a date of money, is the same everywhere. */
export const plainDay = (date) =>
  new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(date),
  );

/** `0:42`. */
export const length = (seconds) => {
  const whole = Math.round(seconds ?? 0);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

/** An exact decimal string with its currency: `$1,234.50` or `1 234,50 $`. */
export const money = (amount, currency) =>
  new Intl.NumberFormat(locale(), { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(amount);

export const size = (bytes) => t("kilobytes", { n: new Intl.NumberFormat(locale()).format(Math.ceil(bytes / 1000)) });
