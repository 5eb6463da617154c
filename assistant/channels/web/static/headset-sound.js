// What the headset plays: short sounds that tell what happened without looking, and replies by the phone's own voice.
const SOUNDS = {
  listening: [[880, 0.08]],
  posted: [[660, 0.09], [990, 0.14]],
  question: [[660, 0.08], [780, 0.08]],
  blocked: [[240, 0.16], [180, 0.24]],
  unclear: [[440, 0.1], [330, 0.14]],
  info: [[660, 0.08]],
  asleep: [[660, 0.08], [440, 0.12]],
};
const PACES = [1, 0.8, 0.65];
const REST_MS = 60;

/** Plays a sound; resolves when it is over. */
export function play(context, name) {
  let at = context.currentTime;
  for (const [hertz, seconds] of SOUNDS[name] || SOUNDS.info) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.25, at + 0.01);
    volume.gain.linearRampToValueAtTime(0, at + seconds);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + seconds);
    at += seconds;
  }
  return new Promise((done) => setTimeout(done, (at - context.currentTime) * 1000 + REST_MS));
}

// Spelled codes in groups of three, so that they can be followed.
function paced(text) {
  return text.replace(/\b(?:[A-Z] |\d )+(?:[A-Z]|\d)\b/g, (signs) => {
    const single = signs.split(" ");
    const groups = [];
    for (let i = 0; i < single.length; i += 3) groups.push(single.slice(i, i + 3).join(" "));
    return groups.join(", ");
  });
}

/** Speaks; resolves when it is spoken, stopped, or when the phone has no voice to speak with. */
export function speak(text, slow) {
  const synthesis = window.speechSynthesis;
  if (!synthesis || !text || synthesis.getVoices().length === 0) return new Promise((done) => setTimeout(done, 400));
  synthesis.cancel();
  const spoken = new SpeechSynthesisUtterance(paced(text));
  spoken.lang = "en-US";
  spoken.rate = PACES[slow] || 1;
  const longest = (2500 + 130 * text.length) / spoken.rate;
  return new Promise((done) => {
    spoken.onend = spoken.onerror = done;
    setTimeout(done, longest);
    synthesis.speak(spoken);
  });
}

export function hush() {
  if (window.speechSynthesis) window.speechSynthesis.cancel();
}

/** A silent loop: a phone gives its headset's button only to a page that plays something. */
export function silence() {
  const header = [0x46464952, 44 + 8000 - 8, 0x45564157, 0x20746d66, 16, 0x00010001, 8000, 8000, 0x00080001, 0x61746164, 8000];
  const bytes = new Uint8Array(44 + 8000).fill(128);
  new Uint32Array(bytes.buffer, 0, 11).set(header);
  const loop = new Audio(URL.createObjectURL(new Blob([bytes], { type: "audio/wav" })));
  loop.loop = true;
  return loop;
}
