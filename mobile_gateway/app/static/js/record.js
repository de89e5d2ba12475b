// The recorder: stop is enough to send.

import { choose } from "./choose.js";
import { actions, announce, button, fill, h, p, quiet, title } from "./dom.js";
import { on, tell } from "./events.js";
import { agendaKept, destination, isOn, meetingNow } from "./meeting.js";
import { meter } from "./meter.js";
import { go } from "./places.js";
import * as recorder from "./recorder.js";
import { me } from "./sync.js";
import { length, t } from "./words.js";

const NOWHERE = { client: null, activity: null, name: null, complete: null };
let planned = NOWHERE;

/** `asked` is what `openRecord` puts into the address. */
export async function record(place, asked) {
  if (!recorder.current) planned = asked.has("client") ? { sure: true, ...Object.fromEntries(asked) } : await byTheClock();
  let stopMeter;
  const draw = () => {
    stopMeter?.();
    const canvas = h("canvas", { class: "meter", width: 320, height: 72, "aria-hidden": "true" });
    fill(place, page(canvas));
    const { current } = recorder;
    stopMeter = current && !current.paused ? meter(canvas, current.stream) : null;
  };
  draw();
  const clock = setInterval(() => {
    if (recorder.current) place.querySelector(".clock").textContent = length(recorder.elapsed());
  }, 250);
  const off = on("recorder", draw);
  return () => {
    off();
    stopMeter?.();
    clearInterval(clock);
  };
}

// A meeting that is just over is only shown: what is said in the car may be about the next one, and linking weighs that.
async function byTheClock() {
  const meeting = meetingNow((await agendaKept())?.items ?? []);
  return meeting ? { ...destination(meeting), sure: isOn(meeting) } : NOWHERE;
}

function page(canvas) {
  if (!recorder.able()) {
    return [title(t("record")), p(t("cannot-record")), p(h("a", { href: "/m/record" }, t("simple-pages")))];
  }
  const { current } = recorder;
  const state = current ? t(current.paused ? "paused" : "recording") : t("longest", { time: length(limit()) });
  const words = planned.name ? t(planned.sure ? "goes-to" : "goes-probably-to") : "";
  return [
    title(t("record")),
    planned.complete && h("p", { class: "tell" }, t("needs-note")),
    h("p", { class: "goes-to" },
      h("span", {}, `${words} `, h("strong", {}, planned.name ?? t("decided-later"))), button(t("change"), change)),
    h("div", { class: "recorder" },
      canvas, h("p", { class: "clock", role: "timer" }, length(recorder.elapsed())), quiet(state),
      current ? controls(current) : round("dot", "start", begin, "round")),
  ];
}

const round = (shape, words, action, kind) => button([h("span", { class: shape }), h("span", {}, t(words))], action, kind);

function controls({ paused, recording }) {
  const important = Boolean(recording.important);
  const mark = button(`★ ${t("important")}`, () => recorder.amend({ important: !important }));
  mark.setAttribute("aria-pressed", important);
  return [
    round("square", "stop", finish, "round on"),
    actions(
      paused ? button(t("resume"), recorder.resume) : button(t("pause"), recorder.pause),
      mark,
      button(t("discard"), () => confirm(t("discard-sure")) && recorder.stop(false), "bad")),
  ];
}

const limit = () => me.policy.longest_note_seconds;

function apply() {
  const { sure, ...about } = { ...NOWHERE, ...planned };
  recorder.amend(sure ? about : { ...NOWHERE, name: planned.name });
}

async function change() {
  const chosen = await choose(t("by-itself"), NOWHERE);
  if (!chosen) return;
  planned = { ...chosen, sure: Boolean(chosen.client) };
  if (recorder.current) apply();
  else tell("recorder");
}

async function begin() {
  try {
    await recorder.start(me.rep.email, limit());
    apply();
    document.querySelector(".round").focus();
  } catch (error) {
    if (!/NotAllowed|NotFound/.test(error.name)) throw error;
    announce(t("no-microphone"));
  }
}

async function finish() {
  await recorder.stop();
  announce(t("is-queued"));
  go("outbox");
}
