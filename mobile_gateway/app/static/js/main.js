// The app: which view the address shows, what stands around it, and the service worker.

import { brief } from "./brief.js";
import { announce, button, byId, fill, h } from "./dom.js";
import { signIn, signOutButton } from "./entry.js";
import { on } from "./events.js";
import { find } from "./find.js";
import { drop } from "./kept.js";
import { note } from "./note.js";
import { notes } from "./notes.js";
import { go } from "./places.js";
import { record } from "./record.js";
import * as recorder from "./recorder.js";
import { rescue } from "./recordings.js";
import { keepUp, me, remembered, whoAmI } from "./sync.js";
import { today } from "./today.js";
import { countUnsent, unsent } from "./unsent.js";
import { length, speak, t } from "./words.js";

const VIEWS = { "": today, find, client: brief, record, notes, note, outbox: unsent };
const PLACES = [["today", ""], ["find", "find"], ["record", "record"], ["notes", "notes"]];

let leave = () => {};
let turn = 0;

async function show() {
  const mine = ++turn;
  const [path, query] = location.hash.slice(2).split("?");
  const [name, ...rest] = path.split("/");
  leave();
  leave = () => {};
  const place = h("div", {});
  fill(byId("main"), place);
  const left = await (VIEWS[name] ?? today)(place, new URLSearchParams(query), decodeURIComponent(rest.join("/")));
  if (mine !== turn) return left?.();
  leave = left ?? leave;
  around(name);
  const heading = place.querySelector("h1");
  document.title = `${heading.textContent} · Calepin`;
  if (mine > 1) heading.focus({ preventScroll: true });
  return scrollTo(0, 0);
}

function around(name) {
  const link = ([key, path]) =>
    h("a", { href: `#/${path}`, class: key, "aria-current": path === name ? "page" : null }, h("span", { class: "icon" }), t(key));
  fill(byId("places"), PLACES.map(link));
  byId("places").setAttribute("aria-label", t("places"));
  fill(byId("foot"), `${me.rep.name}, ${me.device.name}. `, signOutButton());
}

async function status() {
  const running = recorder.current;
  const count = await countUnsent();
  fill(byId("status"),
    running ? h("a", { href: "#/record", class: "running" }, `● ${length(recorder.elapsed())}`) : null,
    count ? h("a", { href: "#/outbox" }, t("n-unsent", { n: count })) : null,
    navigator.onLine ? null : h("span", { class: "offline" }, t("offline")));
}

async function enter() {
  removeEventListener("hashchange", show);
  addEventListener("hashchange", show);
  await show();
  keepUp();
}

async function signedOut() {
  removeEventListener("hashchange", show);
  turn++;
  leave();
  leave = () => {};
  // What was kept for the rep is nobody else's; recordings stay until they are sent.
  await drop().catch(() => {});
  fill(byId("places"));
  fill(byId("foot"));
  await signIn(byId("main"), invited(), async () => {
    await whoAmI();
    location.hash = "#/";
    await enter();
  });
}

async function serviceWorker() {
  if (!navigator.serviceWorker) return;
  const policy = globalThis.trustedTypes?.createPolicy("calepin", { createScriptURL: (url) => url });
  const address = policy?.createScriptURL("/app/sw.js") ?? "/app/sw.js";
  const registration = await navigator.serviceWorker.register(address, { type: "module", scope: "/app/" });
  const offer = () => registration.waiting && navigator.serviceWorker.controller && offerNew(registration.waiting);
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  offer();
  let reloading = !navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!reloading && !recorder.current) location.reload();
    reloading = false;
  });
}

function offerNew(waiting) {
  fill(byId("news"), `${t("new-version")} `, button(t("reload"), () => recorder.current || waiting.postMessage("take over")));
}

// An invitation's address: `#i/CODE`, which no server sees and no log holds.
const invited = () => /^#i\/([\w-]+)$/.exec(location.hash)?.[1];

async function begin() {
  on("signed-out", signedOut);
  on("outbox", status);
  on("recorder", status);
  on("sent", () => announce(t("is-sent")));
  on("device-full", () => announce(t("device-full")));
  addEventListener("hashchange", () => invited() && location.reload());
  addEventListener("online", status);
  addEventListener("offline", status);
  setInterval(() => recorder.current && status(), 1_000);
  const known = await remembered();
  if (!known) await speak();
  await rescue();
  status();
  serviceWorker().catch(() => {});
  if (known && !invited()) return enter();
  try {
    await whoAmI();
    if (invited()) go("");
    return await enter();
  } catch {
    return signedOut();
  }
}

begin();
