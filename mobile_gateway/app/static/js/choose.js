// Choosing a client in a dialog.

import { clientSearch, nameOf } from "./clients.js";
import { button, h } from "./dom.js";
import { agendaKept, destination } from "./meeting.js";
import { t, time } from "./words.js";

/** Resolves to {client, name, activity}, to `none` for the choice with those words, or to undefined. */
export async function choose(words, none) {
  const dialog = h("dialog", { "aria-labelledby": "which" });
  const choice = (shown, value) => button(shown, () => {
    dialog.chosen = value;
    dialog.close();
  });
  const day = (await agendaKept())?.items.filter((one) => one.state !== "cancelled") ?? [];
  const shown = (one) => [h("strong", {}, one.client_name), h("small", {}, `${time(one.starts_at)} ${t(one.kind)}`)];
  const choices = [choice(words, none), ...day.map((one) => choice(shown(one), destination(one)))];
  dialog.append(
    h("h2", { id: "which" }, t("which")),
    h("ul", { class: "list" }, choices.map((one) => h("li", {}, one))),
    ...(await clientSearch((one) => choice(nameOf(one), { client: one.ref, name: one.name }))),
    button(t("close"), () => dialog.close(), "go"),
  );
  document.body.append(dialog);
  dialog.showModal();
  await new Promise((resolve) => (dialog.onclose = resolve));
  dialog.remove();
  return dialog.chosen;
}
