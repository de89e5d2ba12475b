// Choosing a client in a dialog: those of the day, then any.

import { clientSearch, nameOf } from "./clients.js";
import { button, h } from "./dom.js";
import { agendaKept, destination } from "./meeting.js";
import { t, time } from "./words.js";

/**
 * Ask which client; resolves to {client, name, activity}, to `extra[…].value` for one of the extra choices, or to
 * undefined when the dialog was closed.
 */
export async function choose(extra = []) {
  const dialog = h("dialog", { "aria-labelledby": "which" });
  const answer = new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.chosen));
  });
  const pick = (value) => () => {
    dialog.chosen = value;
    dialog.close();
  };
  const day = (await agendaKept())?.items.filter((one) => one.state !== "cancelled") ?? [];
  const entry = (one) => [h("strong", {}, one.client_name), h("small", {}, `${time(one.starts_at)} ${t(one.kind)}`)];
  dialog.append(
    h("h2", { id: "which" }, t("which")),
    h("ul", { class: "list" },
      extra.map(({ words, value }) => h("li", {}, button(words, pick(value)))),
      day.map((one) => h("li", {}, button(entry(one), pick(destination(one)))))),
    ...(await clientSearch((one) => button(nameOf(one), pick({ client: one.ref, name: one.name, activity: null })))),
    button(t("close"), () => dialog.close(), "go"),
  );
  document.body.append(dialog);
  dialog.showModal();
  return answer.finally(() => dialog.remove());
}
