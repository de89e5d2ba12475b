// Notices on this phone while the app is closed.

import { ask, post, read } from "./api.js";
import { announce, button } from "./dom.js";
import { t } from "./words.js";

let renewed;

/** The button for it; null where the browser has no notices, or was told to show none. */
export async function noticesButton(redraw) {
  const worker = await navigator.serviceWorker?.getRegistration();
  if (!worker?.pushManager || Notification.permission === "denied") return null;
  const known = await worker.pushManager.getSubscription();
  // The server forgets a phone that its push service could not find for a while.
  renewed ??= known && subscribe(known).catch(() => {});
  const turn = () => (known ? stop(known) : start(worker)).then(redraw, () => announce(t("no-network")));
  return button(t(known ? "notices-off" : "notices-on"), turn, "quiet");
}

const subscribe = (subscription) => post("/push", subscription.toJSON());

async function start({ pushManager }) {
  if ((await Notification.requestPermission()) !== "granted") return;
  const { public_key: applicationServerKey } = await read("/push");
  await subscribe(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
}

async function stop(known) {
  await ask("/api/v1/push", { method: "DELETE" });
  await known.unsubscribe();
}
