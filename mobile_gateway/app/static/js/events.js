// News between the modules of a tab, and between tabs and the service worker.

const channel = new BroadcastChannel("calepin");
const here = new EventTarget();

channel.onmessage = (message) => here.dispatchEvent(new Event(message.data));

/** Call `listener` at every news of that name; the answer takes it back. */
export function on(name, listener) {
  here.addEventListener(name, listener);
  return () => here.removeEventListener(name, listener);
}

export function tell(name) {
  here.dispatchEvent(new Event(name));
  channel.postMessage(name);
}
