// News between modules, between tabs, and from the service worker.

const channel = new BroadcastChannel("calepin");
const here = new EventTarget();

channel.onmessage = (message) => here.dispatchEvent(new Event(message.data));

/** Listen; returns what takes it back. */
export function on(name, listener) {
  here.addEventListener(name, listener);
  return () => here.removeEventListener(name, listener);
}

export function tell(name) {
  here.dispatchEvent(new Event(name));
  channel.postMessage(name);
}
