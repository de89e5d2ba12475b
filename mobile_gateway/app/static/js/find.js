// Finding a client.

import { inPath } from "./api.js";
import { clientSearch, nameOf } from "./clients.js";
import { fill, h } from "./dom.js";
import { asOf } from "./places.js";
import { kept } from "./kept.js";
import { t } from "./words.js";

/** Show the search field and the portfolio. */
export async function find(place) {
  const search = await clientSearch((client) => h("a", { href: `#/client/${inPath(client.ref)}` }, nameOf(client)));
  const portfolio = await kept("portfolio");
  fill(place, h("h1", { tabindex: -1 }, t("find")), search, portfolio ? asOf(portfolio.at) : null);
}
