// Clients by name: on the device at once, then by the server, which forgives more.

import { inPath, read } from "./api.js";
import { fill, h, title } from "./dom.js";
import { kept } from "./kept.js";
import { asOf } from "./places.js";
import { t } from "./words.js";

const SHOWN = 30;
const PAUSE = 250; // ms without a key before the server is asked

const plain = (text) => (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those of the clients in whose words every word of the query begins one. */
function fitting(clients, query) {
  const asked = plain(query).split(/\W+/);
  const fits = ({ name, aliases, city, ref }) => {
    const words = ` ${plain(`${name} ${aliases} ${city} ${ref}`).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
    return asked.every((word) => words.includes(` ${word}`));
  };
  return clients.filter(fits).slice(0, SHOWN);
}

/** A search field with its results; `entry(client)` makes what is shown for one. */
export async function clientSearch(entry) {
  const portfolio = (await kept("portfolio"))?.value ?? [];
  const results = h("ul", { class: "list" });
  const count = h("p", { class: "quiet", role: "status" });
  const field = h("input", { type: "search", id: "query", autocomplete: "off", maxlength: 100 });
  const show = (found) => {
    fill(results, found.map((client) => h("li", {}, entry(client))));
    count.textContent = found.length ? "" : t("no-clients");
  };
  const better = async () => {
    const query = field.value.trim();
    const answer = await read(`/clients?q=${inPath(query)}&limit=${SHOWN}`).catch(() => null);
    if (answer && field.value.trim() === query) show(answer.items);
  };
  let waiting;
  field.oninput = () => {
    const query = field.value.trim();
    show(fitting(portfolio, query));
    clearTimeout(waiting);
    if (query) waiting = setTimeout(better, PAUSE);
  };
  show(fitting(portfolio, ""));
  return [h("label", { for: "query" }, t("find-what")), field, count, results];
}

export const nameOf = (client) => [
  h("strong", {}, client.name),
  h("small", {}, [client.city, client.ref].filter(Boolean).join(" · ")),
];

export async function find(place) {
  const search = await clientSearch((client) => h("a", { href: `#/client/${inPath(client.ref)}` }, nameOf(client)));
  const portfolio = await kept("portfolio");
  fill(place, title(t("find")), search, portfolio && asOf(portfolio.at));
}
