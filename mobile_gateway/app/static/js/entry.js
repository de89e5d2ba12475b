// Signing in by a one-time code, and out.

import { ask, Fault } from "./api.js";
import { button, fill, h } from "./dom.js";
import { refusal } from "./places.js";
import { countUnsent } from "./unsent.js";
import { t } from "./words.js";
import { announce } from "./dom.js";

/** The form for a code, which an invitation's address may hold; `done` is called once the device is connected. */
export async function signIn(place, code, done) {
  const waiting = await countUnsent();
  const field = (id, words, more) => [h("label", { for: id }, t(words)), h("input", { id, maxlength: 100, ...more })];
  const problem = h("p", { role: "alert" });
  const form = h("form", { class: "sign-in" },
    h("h1", { tabindex: -1 }, t("sign-in")),
    h("p", {}, t("sign-in-how")),
    waiting ? h("p", { class: "tell" }, t("still-signed-out"), " ", t("sign-in-to-send", { n: waiting })) : null,
    field("code", "code", { required: true, autocomplete: "one-time-code", autocapitalize: "characters", value: code }),
    field("name", "device-name", { autocomplete: "off" }),
    problem,
    h("button", { class: "go" }, t("connect")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [, theCode, name] = ["", form.querySelector("#code").value, form.querySelector("#name").value];
    try {
      await send("/app/sign-in", { code: theCode, name });
      done();
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      problem.textContent = fault.title ? `${fault.title} ${fault.detail}` : t("no-network");
    }
  });
  fill(place, form);
}

/** A button that disconnects the device, once everything is sent. */
export const signOutButton = () => button(t("sign-out"), signOut, "quiet");

async function signOut() {
  if (await countUnsent()) return announce(t("unsent-first"));
  if (!confirm(t("sign-out-sure"))) return undefined;
  try {
    await send("/app/sign-out");
    return location.replace("/app/");
  } catch (fault) {
    return refusal(fault);
  }
}

const send = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body) });
