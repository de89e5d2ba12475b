// Signing in by a one-time code, and out.

import { ask } from "./api.js";
import { announce, button, byId, fill } from "./dom.js";
import { refusal, wordsOf } from "./places.js";
import { countUnsent } from "./unsent.js";
import { t, translate } from "./words.js";

/** The form for a code; `done` is called once the device is connected. */
export async function signIn(place, code = "", done) {
  const form = byId("sign-in").content.firstElementChild.cloneNode(true);
  const { elements } = form;
  const tell = form.querySelector(".tell");
  const n = await countUnsent();
  if (n) tell.textContent = `${t("still-signed-out")} ${t("sign-in-to-send", { n })}`;
  else tell.remove();
  elements.code.value = code;
  form.onsubmit = async (event) => {
    event.preventDefault();
    try {
      await send("/app/sign-in", { code: elements.code.value, name: elements.name.value });
    } catch (fault) {
      form.querySelector("[role=alert]").textContent = wordsOf(fault);
      return;
    }
    done();
  };
  fill(place, form);
  translate(form);
}

export const signOutButton = () => button(t("sign-out"), signOut, "quiet");

async function signOut() {
  if (await countUnsent()) return announce(t("unsent-first"));
  if (!confirm(t("sign-out-sure"))) return undefined;
  return send("/app/sign-out").then(() => location.replace("/app/"), refusal);
}

const send = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body) });
