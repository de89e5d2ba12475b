// Clients by name: at once among those on the device, then by the server, which forgives more.

import { inPath, read } from "./api.js";
import { fill, h } from "./dom.js";
import { kept } from "./kept.js";
import { t } from "./words.js";

const SHOWN = 30;
const PAUSE = 250; // ms without a key before the server is asked

const plain = (text) => (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function pairs(word) {
  return new Set(Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)));
}

// 1 for a word that begins like the one asked for, less for one that only shares letters with it.
function likeness(asked, word) {
  if (word.startsWith(asked)) return 1;
  if (asked.length < 4) return 0;
  const [one, other] = [pairs(asked), pairs(word.slice(0, asked.length + 1))];
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return (2 * shared) / (one.size + other.size);
}

/** Those of the clients that fit, the best first. */
export function fitting(clients, query) {
  const asked = plain(query).split(/\W+/).filter(Boolean);
  if (!asked.length) return clients.slice(0, SHOWN);
  const scored = clients.map((client) => {
    const words = plain([client.name, client.aliases, client.city, client.ref].join(" ")).split(/[^\p{L}\p{N}]+/u);
    return { client, score: Math.min(...asked.map((one) => Math.max(...words.map((word) => likeness(one, word))))) };
  });
  const good = scored.filter(({ score }) => score >= 0.5).sort((one, other) => other.score - one.score);
  return good.slice(0, SHOWN).map(({ client }) => client);
}

/** A search field with its results; `entry(client)` makes what is shown for one. */
export async function clientSearch(entry) {
  const portfolio = (await kept("portfolio"))?.value ?? [];
  const results = h("ul", { class: "list" });
  const count = h("p", { class: "quiet", role: "status" });
  const field = h("input", { type: "search", id: "query", autocomplete: "off", enterkeyhint: "search", maxlength: 100 });
  const show = (found) => {
    fill(results, found.map((client) => h("li", {}, entry(client))));
    count.textContent = found.length ? "" : t("no-clients");
  };
  let waiting;
  field.addEventListener("input", () => {
    const query = field.value.trim();
    show(fitting(portfolio, query));
    clearTimeout(waiting);
    if (query) waiting = setTimeout(() => better(query, field, show), PAUSE);
  });
  show(portfolio.slice(0, SHOWN));
  return [h("label", { for: "query" }, t("find-what")), field, count, results];
}

async function better(query, field, show) {
  const answer = await read(`/clients?q=${inPath(query)}&limit=${SHOWN}`).catch(() => null);
  if (answer && field.value.trim() === query) show(answer.items);
}

/** A client in a list: the name, and what tells two of the same name apart. */
export const nameOf = (client) => [
  h("strong", {}, client.name),
  h("small", {}, [client.city, client.ref, client.category && `${t("category")} ${client.category}`].filter(Boolean).join(" · ")),
];
