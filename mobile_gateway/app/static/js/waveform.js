// A waveform to look at, play and scrub; the slider in it works by keyboard and screen reader.

import { announce, h } from "./dom.js";
import { length, t } from "./words.js";

let playing;

/** `peaks` are figures from 0 to 100; `title` says which note it is. */
export function player({ url, peaks, seconds, title }) {
  const sound = new Audio();
  sound.preload = "none";
  sound.src = url + form(sound);
  const canvas = h("canvas", { width: 400, height: 56, "aria-hidden": "true" });
  const slider = h("input", { type: "range", min: 0, max: 1000, value: 0, "aria-label": `${t("position")} (${title})` });
  const clock = h("span", { class: "length" });
  const toggle = h("button", { type: "button", class: "play" });
  const whole = () => (Number.isFinite(sound.duration) ? sound.duration : seconds) || 1;
  const draw = () => {
    const at = sound.currentTime / whole();
    wave(canvas, peaks, at);
    slider.value = Math.round(at * 1000);
    slider.setAttribute("aria-valuetext", length(sound.currentTime));
    clock.textContent = length(sound.paused && !sound.currentTime ? seconds : sound.currentTime);
    toggle.textContent = sound.paused ? "▶" : "❚❚";
    toggle.setAttribute("aria-label", t(sound.paused ? "play" : "pause-it", { day: title }));
  };
  toggle.onclick = () => {
    if (playing !== sound) playing?.pause();
    playing = sound;
    if (!sound.paused) sound.pause();
    else sound.play().catch(() => announce(t("no-sound")));
  };
  slider.oninput = () => {
    sound.currentTime = (slider.value / 1000) * whole();
    draw();
  };
  for (const news of ["play", "pause", "timeupdate", "ended", "loadedmetadata"]) sound.addEventListener(news, draw);
  requestAnimationFrame(draw); // once it has its style
  return h("div", { class: "player" }, toggle, h("div", { class: "wave" }, canvas, slider), clock);
}

const form = (sound) => (sound.canPlayType('audio/ogg; codecs="opus"') ? "?as=opus" : "?as=aac");

function wave(canvas, peaks, at) {
  const pen = canvas.getContext("2d");
  const { width, height } = canvas;
  const style = getComputedStyle(canvas);
  const bars = peaks?.length ? peaks : Array(100).fill(4);
  const step = width / bars.length;
  pen.clearRect(0, 0, width, height);
  bars.forEach((peak, n) => {
    const tall = Math.max(2, (peak / 100) * height);
    pen.fillStyle = n / bars.length < at ? style.accentColor : style.color;
    pen.fillRect(n * step, (height - tall) / 2, Math.max(1, step - 0.6), tall);
  });
}
