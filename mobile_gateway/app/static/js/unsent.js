// The outbox, to look at.

import { actions, announce, button, fill, h, quiet, title } from "./dom.js";
import { on } from "./events.js";
import { retry, send } from "./outbox.js";
import { listed, remove, sound } from "./recordings.js";
import { me } from "./sync.js";
import { day, length, size, t, time } from "./words.js";

const finished = async () => (await listed()).filter((one) => one.state !== "recording");

// A device that is being cleared has none.
export const countUnsent = () => finished().then((all) => all.length, () => 0);

export async function unsent(place) {
  const draw = async () => {
    const items = await finished();
    fill(place,
      title(t("outbox")),
      items.length ? [button(t("send-now"), () => send(true), "go"), h("ul", { class: "cards" }, items.map(entry))]
        : h("p", { class: "tell" }, t("all-sent")));
  };
  await draw();
  return on("outbox", draw);
}

function entry(one) {
  const about = one.name ?? t("decided-later");
  return h("li", { class: one.state },
    h("p", { class: "when" }, `${day(one.started)} ${time(one.started)}, ${length(one.seconds)} `,
      h("span", { class: "quiet" }, size(one.size))),
    h("h3", {}, one.important ? `★ ${about}` : about),
    h("p", { role: "status" }, stateOf(one)),
    one.reason && quiet(one.reason, " ", one.detail),
    actions(
      button(t("save-file"), () => toFile(one)),
      one.state === "refused" && [
        button(t("send-now"), () => retry(one.id)),
        button(t("delete"), () => confirm(t("delete-sure")) && remove(one.id), "bad")]));
}

function stateOf(one) {
  if (me && one.rep !== me.rep.email) return t("of-other", { rep: one.rep });
  if (one.state === "refused") return t("refused");
  if (one.offset) return t("sending-to", { percent: Math.floor((100 * one.offset) / one.size) });
  if (one.next > Date.now() && navigator.onLine) return t("next-try", { time: time(one.next) });
  return t("waiting");
}

async function toFile(one) {
  const address = URL.createObjectURL(await sound(one));
  const name = `calepin-${new Date(one.started).toISOString().replace(/[:.]/g, "-")}.${one.type.split("/")[1]}`;
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  announce(name);
}
