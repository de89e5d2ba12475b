// The views, what stands around them, and the service worker.

import { brief } from "./brief.js";
import { find } from "./clients.js";
import { announce, button, byId, fill, h } from "./dom.js";
import { signIn, signOutButton } from "./entry.js";
import { on } from "./events.js";
import { drop } from "./kept.js";
import { note } from "./note.js";
import { notes } from "./notes.js";
import { go } from "./places.js";
import { noticesButton } from "./push.js";
import { record } from "./record.js";
import * as recorder from "./recorder.js";
import { rescue } from "./recordings.js";
import { keepUp, me, remembered, whoAmI } from "./sync.js";
import { today } from "./today.js";
import { countUnsent, unsent } from "./unsent.js";
import { length, speak, t, translate } from "./words.js";

const VIEWS = { "": today, find, client: brief, record, notes, note, outbox: unsent };

let leave;
let turn = 0;

// An invitation's address, `#i/CODE`: no server sees it and no log holds it.
const invited = () => /^#i\/([\w-]+)$/.exec(location.hash)?.[1];

async function show() {
  const mine = ++turn;
  const [path, query] = location.hash.slice(2).split("?");
  const [name, ...rest] = path.split("/");
  leave?.();
  leave = undefined;
  const place = h("div");
  fill(byId("main"), place);
  const left = await (VIEWS[name] ?? today)(place, new URLSearchParams(query), decodeURIComponent(rest.join("/")));
  if (mine !== turn) return left?.();
  leave = left;
  around(name);
  const heading = place.querySelector("h1");
  document.title = `${heading.textContent} · Calepin`;
  if (mine > 1) heading.focus({ preventScroll: true });
  return scrollTo(0, 0);
}

async function around(name) {
  const places = byId("places");
  translate(places);
  places.hidden = false;
  for (const link of places.children) link.setAttribute("aria-current", link.hash === `#/${name}` ? "page" : "false");
  const notices = await noticesButton(() => around(name));
  fill(byId("foot"), `${me.rep.name}, ${me.device.name}. `, notices, signOutButton());
}

async function status() {
  const running = recorder.current;
  const count = await countUnsent();
  fill(byId("status"),
    running && h("a", { href: "#/record", class: "running" }, `● ${length(recorder.elapsed())}`),
    count > 0 && h("a", { href: "#/outbox" }, t("n-unsent", { n: count })),
    !navigator.onLine && h("span", { class: "offline" }, t("offline")));
}

async function enter() {
  addEventListener("hashchange", show);
  await show();
  keepUp();
}

async function signedOut() {
  if (byId("code")) return;
  removeEventListener("hashchange", show);
  turn++;
  leave?.();
  leave = undefined;
  // Recordings stay until they are sent.
  await drop().catch(() => {});
  byId("places").hidden = true;
  fill(byId("foot"));
  await signIn(byId("main"), invited(), async () => {
    await whoAmI();
    go("");
    await enter();
  });
}

async function serviceWorker() {
  const policy = globalThis.trustedTypes?.createPolicy("calepin", { createScriptURL: (url) => url });
  const address = policy?.createScriptURL("/app/sw.js") ?? "/app/sw.js";
  const { serviceWorker: container } = navigator;
  const registration = await container.register(address, { type: "module", scope: "/app/" });
  const offer = () => {
    const { waiting } = registration;
    if (!waiting || !container.controller) return;
    fill(byId("news"), t("new-version"), " ", button(t("reload"), () => recorder.current || waiting.postMessage("")));
  };
  registration.onupdatefound = () => (registration.installing.onstatechange = offer);
  offer();
  if (container.controller) container.oncontrollerchange = () => recorder.current || location.reload();
}

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
    go("");
    return await enter();
  } catch (fault) {
    return fault.status === 401 || signedOut();
  }
}

begin();
