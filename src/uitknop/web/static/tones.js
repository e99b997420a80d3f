// Soft tones made by the browser itself, and only after a tap. Every tone is set beforehand: a page that sleeps does not
// lose its pace.

const FADE_MS = 700;

export class Tones {
  #context = new AudioContext();
  #out = this.#context.createGain();

  constructor() {
    this.#out.connect(this.#context.destination);
    this.#context.resume();
  }

  // One tone that swells and fades, and rises and falls by a little where it is told to.
  #voice(hz, at_s, rise_s, fall_s, loud, lift = 1) {
    const voice = this.#context.createOscillator(), gain = this.#context.createGain(), start = this.#context.currentTime + at_s;
    voice.frequency.setValueAtTime(hz, start);
    voice.frequency.linearRampToValueAtTime(hz * lift, start + rise_s);
    voice.frequency.linearRampToValueAtTime(hz, start + rise_s + fall_s);
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loud, start + rise_s);
    gain.gain.linearRampToValueAtTime(0, start + rise_s + fall_s);
    voice.connect(gain).connect(this.#out);
    voice.start(start);
    voice.stop(start + rise_s + fall_s + 0.1);
  }

  breath(at_s, in_s, out_s) {
    this.#voice(196, at_s, in_s, out_s, 0.06, 1.12);
    this.#voice(147, at_s, in_s, out_s, 0.04, 1.12);
  }

  bell(at_s) {
    this.#voice(392, at_s, 0.02, 4, 0.08);
    this.#voice(784, at_s, 0.02, 2.5, 0.02);
  }

  // Softly, and then for good.
  async stop(after_ms = 0) {
    await new Promise((done) => { setTimeout(done, after_ms); });
    this.#out.gain.setTargetAtTime(0, this.#context.currentTime, FADE_MS / 5000);
    await new Promise((done) => { setTimeout(done, FADE_MS); });
    if (this.#context.state !== "closed") await this.#context.close();
  }
}
