// Takes the microphone's samples and gives them on as 16 kHz, 16-bit frames of a tenth of a second.
const RATE = 16000;
const FRAME = 1600;
const LOBES = 12;

class Microphone extends AudioWorkletProcessor {
  constructor() {
    super();
    this.step = sampleRate / RATE;
    const cutoff = Math.min(1, RATE / sampleRate);
    this.reach = Math.ceil(LOBES / cutoff);
    this.cutoff = cutoff;
    this.filters = new Map();
    this.samples = new Float32Array(0);
    this.at = this.reach;
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
    this.loudest = 0;
  }

  // Weights of the samples around a point between two of them: a low-pass filter, so that nothing folds back.
  filter(fraction) {
    const key = Math.round(fraction * 1024);
    let weights = this.filters.get(key);
    if (!weights) {
      weights = new Float32Array(2 * this.reach);
      let total = 0;
      for (let i = 0; i < weights.length; i++) {
        const distance = i - this.reach + 1 - key / 1024;
        const x = Math.PI * distance * this.cutoff;
        const sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
        weights[i] = sinc * (0.5 + 0.5 * Math.cos(Math.PI * distance / (this.reach + 1)));
        total += weights[i];
      }
      weights = weights.map((weight) => weight / total);
      this.filters.set(key, weights);
    }
    return weights;
  }

  put(value) {
    this.loudest = Math.max(this.loudest, Math.abs(value));
    this.frame[this.filled++] = Math.max(-32768, Math.min(32767, Math.round(value * 32767)));
    if (this.filled === FRAME) {
      this.port.postMessage({ pcm: this.frame.buffer, loudest: this.loudest }, [this.frame.buffer]);
      this.frame = new Int16Array(FRAME);
      this.filled = 0;
      this.loudest = 0;
    }
  }

  process(inputs) {
    const channel = inputs[0] && inputs[0][0];
    if (!channel) return true;
    if (this.step === 1) {
      for (const value of channel) this.put(value);
      return true;
    }
    const joined = new Float32Array(this.samples.length + channel.length);
    joined.set(this.samples);
    joined.set(channel, this.samples.length);
    while (this.at + this.reach < joined.length) {
      const before = Math.floor(this.at);
      const weights = this.filter(this.at - before);
      let value = 0;
      for (let i = 0; i < weights.length; i++) value += weights[i] * joined[before - this.reach + 1 + i];
      this.put(value);
      this.at += this.step;
    }
    const gone = Math.max(0, Math.floor(this.at) - this.reach);
    this.samples = joined.slice(gone);
    this.at -= gone;
    return true;
  }
}

registerProcessor("microphone", Microphone);
