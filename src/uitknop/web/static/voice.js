// The guided rest said by a voice of this computer; never by one that sends the words elsewhere.

const VOICES_MS = 1000, PACE = 0.65, LOUD = 0.6, LEAST_SILENCE = 0.5;

const voices = () => globalThis.speechSynthesis?.getVoices() ?? [];

// A browser may only know its voices after a while.
const known = () => new Promise((found) => {
  if (!globalThis.speechSynthesis || voices().length) { found(voices()); return; }
  setTimeout(() => found(voices()), VOICES_MS);
  speechSynthesis.addEventListener("voiceschanged", () => found(voices()), { once: true });
});

// A voice for a language, or why there is none: "none", or "remote" where every one of them is elsewhere.
export const findVoice = async (lang) => {
  const speaking = (await known()).filter((one) => one.lang.toLowerCase().split(/[-_]/)[0] === lang);
  const here = speaking.filter((one) => one.localService === true);
  return { voice: here.find((one) => one.default) ?? here[0] ?? null, why: speaking.length ? "remote" : "none" };
};

export class Guide {
  #parts; #voice; #fails; #timer; #said; #stopped = false;

  // Parts are paragraphs of the page, with when each begins and the silence after it, s; one section may be left out.
  constructor(paragraphs, voice, fails, leftOut = "") {
    const starts_s = paragraphs.map((one) => Number(one.dataset.start));
    this.#parts = paragraphs.map((one, n) => ({
      words: one.textContent.trim(), section: one.dataset.section,
      pause_ms: 1000 * Number(one.dataset.pause), lasts_ms: 1000 * ((starts_s[n + 1] ?? starts_s[n]) - starts_s[n]),
    })).filter((one) => one.section !== leftOut);
    this.#voice = voice;
    this.#fails = fails;
  }

  // One part after the other, each at its own time; a slow voice leaves at least half of each silence.
  say(n = 0, due_ms = performance.now()) {
    const part = this.#parts[n], next_ms = due_ms + part.lasts_ms;
    const said = Object.assign(new SpeechSynthesisUtterance(part.words), { lang: this.#voice.lang, voice: this.#voice, rate: PACE, volume: LOUD });
    said.addEventListener("end", () => {
      if (this.#stopped || n + 1 === this.#parts.length) return;
      const silence_ms = Math.max(next_ms - performance.now(), LEAST_SILENCE * part.pause_ms);
      this.#timer = setTimeout(() => this.say(n + 1, next_ms), silence_ms);
    });
    // Where it breaks off half-way it stays quiet: a page that lights up then would be worse.
    said.addEventListener("error", () => { if (!this.#stopped && n === 0) this.#fails(); });
    this.#said = said;  // held, or the browser may forget it half-way
    speechSynthesis.speak(said);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    speechSynthesis.cancel();
  }
}
