// Signing in by a one-time code, and out.

import { ask } from "./api.js";
import { announce, button, fill, h, p, title } from "./dom.js";
import { refusal, wordsOf } from "./places.js";
import { countUnsent } from "./unsent.js";
import { t } from "./words.js";

/** The form for a code; `done` is called once the device is connected. */
export async function signIn(place, code, done) {
  const n = await countUnsent();
  const field = (id, words, more) => [h("label", { for: id }, t(words)), h("input", { id, maxlength: 100, ...more })];
  const problem = h("p", { role: "alert" });
  const form = h("form", { class: "sign-in" },
    title(t("sign-in")),
    p(t("sign-in-how")),
    n > 0 && h("p", { class: "tell" }, t("still-signed-out"), " ", t("sign-in-to-send", { n })),
    field("code", "code", { required: true, autocomplete: "one-time-code", autocapitalize: "characters", value: code }),
    field("name", "device-name", { autocomplete: "off" }),
    problem,
    h("button", { class: "go" }, t("connect")));
  form.onsubmit = async (event) => {
    event.preventDefault();
    try {
      await send("/app/sign-in", { code: form.elements.code.value, name: form.elements.name.value });
    } catch (fault) {
      problem.textContent = wordsOf(fault);
      return;
    }
    done();
  };
  fill(place, form);
}

export const signOutButton = () => button(t("sign-out"), signOut, "quiet");

async function signOut() {
  if (await countUnsent()) return announce(t("unsent-first"));
  if (!confirm(t("sign-out-sure"))) return undefined;
  return send("/app/sign-out").then(() => location.replace("/app/"), refusal);
}

const send = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body) });
