// The headset page: one big surface to talk to; the server decides what was said and what is answered.
import { Line } from "./headset-line.js";
import { hush, play, silence, speak } from "./headset-sound.js";

const HOLD_MS = 500;
const OPEN_POCKET_MS = 2000;
const LABELS = { asleep: "Tap and talk", listening: "Listening", thinking: "One moment", speaking: "Speaking: tap to answer" };
const AWAY = "No connection: go on, it is recorded";

const body = document.body;
const at = (id) => document.getElementById(id);
const state = { mode: "asleep", handsFree: false, slow: 0, told: null, spokenLate: false, capturing: false };
let context = null;
let starting = null;
let speech = 0;

const line = new Line(
  () => ({ mode: state.mode === "thinking" ? "listening" : state.mode, hands_free: state.handsFree, slow: state.slow }),
  heard,
  (here, why) => {
    body.dataset.line = here;
    at("line").textContent = why;
    show(state.mode);
  },
);

function show(mode) {
  state.mode = mode;
  body.dataset.mode = mode;
  const waiting = mode === "asleep" && state.handsFree;
  const recording = mode === "listening" && body.dataset.line === "away";
  at("label").textContent = waiting ? `Say “${body.dataset.wake}”` : recording ? AWAY : LABELS[mode];
}

// The microphone, once: a browser gives it after a tap only.
async function start() {
  if (!window.isSecureContext || !navigator.mediaDevices) {
    throw new Error("The browser gives the microphone to https pages only. Open this page by https.");
  }
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  context = new AudioContext();
  await context.resume();
  await context.audioWorklet.addModule(new URL("./headset-mic.js", import.meta.url));
  const microphone = new AudioWorkletNode(context, "microphone", { numberOfInputs: 1, numberOfOutputs: 0, channelCount: 1 });
  microphone.port.onmessage = ({ data }) => frame(data.pcm, data.loudest);
  context.createMediaStreamSource(stream).connect(microphone);
  stream.getAudioTracks()[0].onended = () => {
    context = starting = null;
    at("reply").textContent = "The microphone is gone. Tap to connect it again.";
  };
  headsetButton();
  stayAwake();
}

async function ready() {
  starting = starting || start();
  try {
    await starting;
    return true;
  } catch (error) {
    starting = null;
    at("reply").textContent = error.name === "NotAllowedError" ? "The microphone is not allowed. Allow it for this page and tap again." : error.message;
    return false;
  }
}

function headsetButton() {
  if (!navigator.mediaSession) return;
  const loop = silence();
  loop.play().catch(() => {});
  navigator.mediaSession.metadata = new MediaMetadata({ title: "Headset", artist: "Floor assistant" });
  for (const action of ["play", "pause", "stop", "nexttrack", "previoustrack"]) {
    try {
      navigator.mediaSession.setActionHandler(action, () => {
        loop.play().catch(() => {});
        press();
      });
    } catch {
      continue;
    }
  }
}

function stayAwake() {
  const ask = () => document.visibilityState === "visible" && navigator.wakeLock && navigator.wakeLock.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", ask);
  ask();
}

// A tenth of a second of sound.
function frame(pcm, loudest) {
  at("level").style.transform = `scaleY(${state.capturing && state.mode === "listening" ? Math.min(1, loudest * 1.5) : 0})`;
  if (!state.capturing) return;
  const room = line.send(pcm, state.mode === "listening");
  if (!room) {
    line.begin();
    at("reply").textContent = "There was no connection for too long. Please say it again.";
  }
}

function capture() {
  state.capturing = true;
  line.begin();
}

function heard(event) {
  switch (event.event) {
    case "opened":
      if (!event.resent && (state.mode === "listening" || (state.mode === "asleep" && state.handsFree))) capture();
      if (state.spokenLate) {
        state.spokenLate = false;
        line.tell({ type: "spoken" });
      }
      break;
    case "mode":
      state.capturing = false;
      show(event.mode);
      if (event.mode === "listening" && !state.told) at("reply").textContent = "";
      if (event.mode === "asleep" && state.handsFree) capture();
      break;
    case "earcon":
      if (context) play(context, event.earcon).then(() => state.mode === "listening" && !state.capturing && capture());
      break;
    case "hearing":
      at("heard").textContent = event.text.replaceAll("[unk]", "…");
      break;
    case "understood":
      at("heard").textContent = event.text.replaceAll("[unk]", "…");
      break;
    case "told":
      told(event);
      break;
    case "closed":
      at("reply").textContent = event.say;
      break;
  }
}

async function told(event) {
  state.told = event;
  state.slow = event.slow;
  state.capturing = false;
  line.answered();
  show("speaking");
  body.dataset.told = event.earcon;
  at("reply").textContent = event.say;
  at("again").disabled = false;
  answers(event);
  if (navigator.vibrate) navigator.vibrate(event.earcon === "blocked" ? [200, 100, 200] : 80);
  await say(event);
}

// The microphone rests while a reply is spoken.
async function say(event) {
  const mine = ++speech;
  if (context) await play(context, event.earcon);
  if (mine === speech) await speak(event.spoken, event.slow);
  if (mine !== speech || state.mode !== "speaking") return;
  if (line.here) line.tell({ type: "spoken" });
  else state.spokenLate = true;
}

// What can be tapped instead of said.
function answers(event) {
  const labels = event.asking === "confirm" ? ["yes", "no"] : event.options;
  at("answers").replaceChildren(
    ...labels.map((label) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      if (event.asking === "confirm") button.dataset.answer = label;
      button.onclick = () => {
        quiet();
        at("answers").replaceChildren();
        line.tap(label);
      };
      return button;
    }),
  );
}

function quiet() {
  speech++;
  hush();
}

// The surface, and the button on the headset: talk, or stop talking.
async function press() {
  if (!(await ready())) return;
  quiet();
  if (!line.here) line.connect();
  if (state.mode === "listening") {
    if (at("heard").textContent || line.frames.length > 5) line.end();
    else line.tell({ type: "sleep" });
    return;
  }
  if (state.mode === "thinking") return;
  at("heard").textContent = "";
  if (line.here) line.tell({ type: "wake", hands_free: state.handsFree });
  else if (state.mode !== "speaking") {
    show("listening");
    capture();
  }
}

let pressedAt = 0;
at("talk").addEventListener("pointerdown", (event) => {
  event.preventDefault();
  pressedAt = Date.now();
  press();
});
at("talk").addEventListener("pointerup", () => {
  if (Date.now() - pressedAt > HOLD_MS && state.mode === "listening") line.end();
});
at("talk").addEventListener("keydown", (event) => {
  if ((event.key === " " || event.key === "Enter") && !event.repeat) press();
});
at("talk").addEventListener("contextmenu", (event) => event.preventDefault());

at("free").onclick = async () => {
  if (!(await ready())) return;
  state.handsFree = !state.handsFree;
  at("free").setAttribute("aria-pressed", String(state.handsFree));
  show(state.mode);
  quiet();
  line.tell(state.handsFree ? { type: "wake", hands_free: true } : { type: "sleep", hands_free: false });
};

at("again").onclick = () => {
  quiet();
  line.tell({ type: "again" });
};

let opening = null;
at("pocket").onclick = () => {
  at("cover").hidden = false;
};
at("cover").addEventListener("pointerdown", () => {
  opening = setTimeout(() => {
    at("cover").hidden = true;
  }, OPEN_POCKET_MS);
});
for (const gone of ["pointerup", "pointercancel", "pointerleave"]) {
  at("cover").addEventListener(gone, () => clearTimeout(opening));
}

show("asleep");
line.connect();
