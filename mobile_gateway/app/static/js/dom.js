// Elements, made without a string of HTML.

/** `on…` properties listen, others are attributes; null, false and undefined are left out. */
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  fill(node, children);
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

export function announce(words) {
  const place = byId("said");
  place.textContent = words;
  place.classList.add("shown");
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => place.classList.remove("shown"), 6_000);
}

export const button = (words, onclick, kind = "") => h("button", { type: "button", class: kind, onclick }, words);

export const title = (...words) => h("h1", { tabindex: -1 }, words);
export const p = (...words) => h("p", {}, words);
export const quiet = (...words) => h("p", { class: "quiet" }, words);
export const actions = (...buttons) => h("p", { class: "actions" }, buttons);
