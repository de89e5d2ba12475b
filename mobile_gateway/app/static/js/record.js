// Recording: one large button; which client it will go to; stop is enough to send.

import { announce, button, fill, h } from "./dom.js";
import { choose } from "./choose.js";
import { on, tell } from "./events.js";
import { agendaKept, destination, isOn, meetingNow } from "./meeting.js";
import { meter } from "./meter.js";
import * as recorder from "./recorder.js";
import { me } from "./sync.js";
import { length, t } from "./words.js";
import { go } from "./places.js";

const LONGEST = 3600;
let planned = {};

/** Show the recorder; `asked` says the destination, as `openRecord` puts it into the address. */
export async function record(place, asked) {
  if (!recorder.current) planned = asked.has("client") ? said(asked) : await byTheClock();
  let stopMeter = () => {};
  const draw = () => {
    stopMeter();
    const canvas = h("canvas", { class: "meter", width: 320, height: 72, "aria-hidden": "true" });
    fill(place, page(canvas));
    stopMeter = recorder.current && !recorder.current.paused ? meter(canvas, recorder.current.stream) : () => {};
  };
  draw();
  const clock = setInterval(() => tick(place), 250);
  const off = on("recorder", draw);
  return () => {
    off();
    stopMeter();
    clearInterval(clock);
  };
}

const said = (asked) => {
  const about = Object.fromEntries(asked);
  return { sure: true, client: about.client, name: about.name, activity: about.activity, complete: about.complete };
};

// A meeting that is going on is sent with the recording. One that is just over is only shown: what was recorded in the
// car may be about the next one, and the server weighs that with everything else it knows.
async function byTheClock() {
  const meeting = meetingNow((await agendaKept())?.items ?? []);
  return meeting ? { ...destination(meeting), sure: isOn(meeting) } : {};
}

function page(canvas) {
  const heading = h("h1", { tabindex: -1 }, t("record"));
  if (!recorder.able()) {
    return [heading, h("p", {}, t("cannot-record")), h("p", {}, h("a", { href: "/m/record" }, t("simple-pages")))];
  }
  const running = recorder.current;
  return [
    heading,
    planned.complete ? h("p", { class: "tell" }, t("needs-note")) : null,
    goesTo(),
    h("div", { class: "recorder" },
      canvas,
      h("p", { class: "clock", role: "timer" }, length(recorder.elapsed())),
      h("p", { class: "quiet" }, running ? t(running.paused ? "paused" : "recording") : t("longest", { time: length(limit()) })),
      running ? controls(running) : startButton()),
  ];
}

function goesTo() {
  const words = planned.name ? t(planned.sure ? "goes-to" : "goes-probably-to") : "";
  return h("p", { class: "goes-to" },
    h("span", {}, `${words} `, h("strong", {}, planned.name ?? t("decided-later"))),
    button(t("change"), change));
}

const startButton = () => button([h("span", { class: "dot" }), h("span", {}, t("start"))], begin, "round");

function controls(running) {
  const important = Boolean(running.recording.important);
  return [
    button([h("span", { class: "square" }), h("span", {}, t("stop"))], finish, "round on"),
    h("p", { class: "actions" },
      running.paused ? button(t("resume"), recorder.resume) : button(t("pause"), recorder.pause),
      h("button", {
        type: "button", "aria-pressed": String(important), onclick: () => recorder.amend({ important: !important }),
      }, `★ ${t("important")}`),
      button(t("discard"), throwAway, "bad")),
  ];
}

const limit = () => me?.policy.longest_note_seconds ?? LONGEST;

function tick(place) {
  const clock = place.querySelector(".clock");
  if (clock && recorder.current) clock.textContent = length(recorder.elapsed());
}

function apply() {
  const { client = null, activity = null, name = null, complete = null, sure } = planned;
  recorder.amend(sure ? { client, activity, name, complete } : { client: null, activity: null, name, complete: null });
}

async function change() {
  const chosen = await choose([{ words: t("by-itself"), value: {} }]);
  if (!chosen) return;
  planned = { ...chosen, sure: Boolean(chosen.client) };
  if (recorder.current) apply();
  else tell("recorder");
}

async function begin() {
  try {
    await recorder.start(me.rep.email, limit());
    apply();
    document.querySelector(".round")?.focus();
  } catch (error) {
    if (error.name !== "NotAllowedError" && error.name !== "NotFoundError") throw error;
    announce(t("no-microphone"));
  }
}

async function finish() {
  await recorder.stop();
  announce(t("is-queued"));
  go("outbox");
}

async function throwAway() {
  if (confirm(t("discard-sure"))) await recorder.discard();
}
