// Keeps the app's files of one version, and sends the outbox when the browser wakes us for it.
// The server writes VERSION and FILES (address: hash) above this.

import { nextTry, send } from "/app/js/outbox.js";

const CACHE = `app-${VERSION}`;

addEventListener("install", (event) => event.waitUntil(fetchAll()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === location.origin && url.pathname in FILES;
  if (ours && event.request.method === "GET") event.respondWith(fromCache(url.pathname));
});
addEventListener("sync", (event) => event.tag === "outbox" && event.waitUntil(sendAll()));
addEventListener("push", (event) => {
  const { text: body, path, tag } = event.data.json();
  const shown = { body, tag, icon: "/app/icon-192.png", data: `/app/#/${path}` };
  event.waitUntil(registration.showNotification("Calepin", shown));
});
addEventListener("notificationclick", ({ notification }) => {
  notification.close();
  clients.openWindow(notification.data);
});
addEventListener("message", () => skipWaiting()); // the rep wants the new version

// The hashes see to it that all files are of one version, also while the server is being changed.
async function fetchAll() {
  const cache = await caches.open(CACHE);
  await cache.addAll(Object.entries(FILES).map(([url, integrity]) => new Request(url, { integrity, cache: "no-cache" })));
}

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith("app-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

async function fromCache(path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(path);
}

async function sendAll() {
  await send(true);
  // The browser tries again by itself when this fails.
  if ((await nextTry()) !== null) throw new Error("not everything is sent");
}
