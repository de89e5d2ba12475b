// The level of the microphone, as bars.

const BAR = 4;
const EVERY = 60; // ms

/** Draw a stream's level on a canvas; returns what stops that. */
export function meter(canvas, stream) {
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  analyser.fftSize = 1024;
  audio.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const levels = [];
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    levels.push(Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length));
    draw(canvas, levels);
  }, EVERY);
  return () => {
    clearInterval(timer);
    audio.close();
  };
}

function draw(canvas, levels) {
  const { width, height } = canvas;
  const pen = canvas.getContext("2d");
  levels.splice(0, levels.length - Math.ceil(width / BAR));
  pen.clearRect(0, 0, width, height);
  pen.fillStyle = getComputedStyle(canvas).color;
  levels.forEach((level, at) => {
    // From -60 dB to 0 dB over the height.
    const loud = Math.max(0, 1 + Math.log10(Math.max(level, 1e-6)) / 3);
    const tall = Math.max(2, loud * height);
    pen.fillRect(width - (levels.length - at) * BAR, (height - tall) / 2, BAR - 1.5, tall);
  });
}
