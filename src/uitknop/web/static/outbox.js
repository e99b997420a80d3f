// What came from a strap and is not in the file yet: held here in order, across a reload, and sent until it is kept.
//
// It is held by the tab, locked (AES-CTR) with a key that only comes from the open file. The key stream is made in
// advance, so that a packet is locked and held at once: no reload comes between.

const PLACE = "uitknop.live", MOST = 300, PAUSE_MS = 3000, LAST_PAUSE_MS = 30000, PAD_BYTES = 65536, BLOCK = 16;

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const counter = (nonce, block) => {
  const made = new Uint8Array(BLOCK);
  made.set(nonce);
  new DataView(made.buffer).setBigUint64(8, BigInt(block));
  return { name: "AES-CTR", counter: made, length: 64 };
};

class Pad {
  static async make(key) {
    const pad = new Pad();
    pad.nonce = crypto.getRandomValues(new Uint8Array(8));
    pad.stream = new Uint8Array(await crypto.subtle.encrypt(counter(pad.nonce, 0), key, new Uint8Array(PAD_BYTES)));
    pad.at = 0;
    return pad;
  }

  get left() { return PAD_BYTES - this.at; }

  // Each message begins a block of its own, so that it can be opened by itself.
  lock(message) {
    const start = this.at;
    if (message.length > this.left) return null;
    this.at += Math.ceil(message.length / BLOCK) * BLOCK;
    return `${hex(this.nonce)} ${start / BLOCK} ${hex(message.map((byte, i) => byte ^ this.stream[start + i]))}`;
  }

  static async open(key, text) {
    const [nonce, block, locked] = text.split(" ");
    return new Uint8Array(await crypto.subtle.decrypt(counter(bytes(nonce), Number(block)), key, bytes(locked)));
  }
}

export class Outbox extends EventTarget {
  #key; #pad; #spare; #pending = []; #wanted = 0; #next = 0; #connection = 0; #name; #device = "";
  #timer; #pause = PAUSE_MS; #sending; #sent = 0; #slot = 0;

  // The outbox of this tab, with what it held before a reload; null while the file is locked or nothing is measured.
  static async open() {
    let answer;
    try { answer = await fetch("/api/live"); } catch { return null; }
    if (!answer.ok) return null;
    const { key } = await answer.json();
    const box = new Outbox();
    box.#key = await crypto.subtle.importKey("raw", bytes(key), "AES-CTR", false, ["encrypt", "decrypt"]);
    box.#pad = await Pad.make(box.#key);
    await box.#find();
    addEventListener("pagehide", () => box.leave());
    return box;
  }

  // Whether a page before this one, in this tab, held something.
  static get holds() { return Object.keys(sessionStorage).some((slot) => slot.startsWith(`${PLACE}.`)); }

  get holds() { return this.#pending.length; }
  set device(name) { this.#device = String(name ?? "").slice(0, 80); }

  // One packet of the strap, held before anything else happens.
  add(data) {
    this.#hold({ at: Date.now(), connection: this.#connection, data: hex(data) }, this.#next++);
    this.#note();
    if (this.#pad.left < PAD_BYTES / 2 && !this.#spare) {
      this.#spare = Pad.make(this.#key).then((pad) => { this.#pad = pad; this.#spare = undefined; });
    }
    if (Date.now() - this.#sent > PAUSE_MS || this.#pending.length % MOST === 0) this.send();
    this.#later();
  }

  // The connection broke: what comes next is a new run of beats.
  broke() { this.#connection += 1; this.#note(); }

  // Send what the app does not have yet. True when it took all of it.
  async send(leaves = false) {
    while (this.#sending) await this.#sending;
    this.#sending = this.#exchange(leaves);
    try { return await this.#sending; } finally { this.#sending = undefined; }
  }

  // Send without waiting: the page goes.
  leave() {
    if (this.#pending.length) this.#post(this.#unsent().slice(0, MOST), true).catch(() => {});
  }

  async #exchange(leaves) {
    this.#sent = Date.now();
    let stuck = 0;
    try {
      do {
        const before = this.#wanted, batch = this.#unsent().slice(0, MOST);
        const last = batch.length === this.#unsent().length;
        const answer = await this.#post(batch, leaves && last);
        if (!answer.ok) return this.#failed(answer.status);
        this.#heard(await answer.json());
        stuck = this.#wanted > before ? 0 : stuck + 1;
        if (stuck > 3) return this.#failed(0);
      } while (this.#unsent().length);
    } catch { return this.#failed(0); }
    this.#pause = PAUSE_MS;
    this.#tell("sent");
    return true;
  }

  #post(batch, leaves) {
    const packets = batch.map(({ n, at, connection, data }) => ({ n, at_ms: at, connection, data }));
    const body = JSON.stringify({ device: this.#device, packets, leaves });
    return fetch(`/api/live/${this.#name}`, { method: "POST", headers: { "content-type": "application/json" }, body, keepalive: leaves });
  }

  #heard({ wanted, kept }) {
    this.#wanted = wanted;
    for (const packet of this.#pending.filter((one) => one.n < kept)) this.#drop(packet);
    this.#pending = this.#pending.filter((one) => one.n >= kept);
    const first = this.#pending[0]?.n ?? this.#next;
    if (wanted < first) this.#begin();
  }

  #failed(status) {
    this.#pause = Math.min(2 * this.#pause, LAST_PAUSE_MS);
    this.#tell(status === 401 ? "closed" : "waits");
    this.#later();
    return false;
  }

  #unsent() { return this.#pending.filter((one) => one.n >= this.#wanted); }

  #later() {
    if (this.#timer === undefined) {
      this.#timer = setTimeout(() => { this.#timer = undefined; if (this.#pending.length) { this.send(); this.#later(); } }, this.#pause);
    }
  }

  #tell(what) { this.dispatchEvent(new Event(what)); }

  // The app does not know this recording (any more): what is held goes into a new one.
  #begin() {
    const held = this.#pending;
    for (const packet of held) this.#drop(packet);
    this.#pending = [];
    this.#name = hex(crypto.getRandomValues(new Uint8Array(16)));
    this.#next = this.#wanted = 0;
    for (const packet of held) this.#hold(packet, this.#next++);
    this.#note();
  }

  #hold({ at, connection, data }, n) {
    const packet = { n, at, connection, data, slot: `${PLACE}.${this.#slot++}` };
    this.#pending.push(packet);
    const locked = this.#pad.lock(new TextEncoder().encode(JSON.stringify([n, at, connection, data])));
    // No room is no reason to stop: then it is held by the page alone.
    try { if (locked) sessionStorage.setItem(packet.slot, locked); } catch { /* full */ }
  }

  #drop(packet) { sessionStorage.removeItem(packet.slot); }

  #note() {
    const told = [this.#name, this.#next, this.#connection, this.#device];
    try { sessionStorage.setItem(PLACE, JSON.stringify(told)); } catch { /* full */ }
  }

  async #find() {
    const slots = Object.keys(sessionStorage).filter((slot) => slot.startsWith(`${PLACE}.`));
    const found = [];
    for (const slot of slots) {
      try {
        const [n, at, connection, data] = JSON.parse(new TextDecoder().decode(await Pad.open(this.#key, sessionStorage.getItem(slot))));
        found.push({ n, at, connection, data, slot });
      } catch { sessionStorage.removeItem(slot); }
      this.#slot = Math.max(this.#slot, Number(slot.slice(PLACE.length + 1)) + 1);
    }
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    if (!kept || !(await alone(kept[0]))) {
      for (const { slot } of found) sessionStorage.removeItem(slot);
      this.#begin();
      await alone(this.#name);
      return;
    }
    [this.#name, this.#next, this.#connection, this.#device] = kept;
    this.#pending = found.sort((one, other) => one.n - other.n);
    // What could not be held is lost with the page before; without it the rest can't follow, so it begins anew.
    const whole = this.#pending.every((one, i) => one.n === this.#pending[0].n + i) && (this.#pending.at(-1)?.n ?? this.#next - 1) === this.#next - 1;
    if (!whole) this.#begin();
    this.broke();
    if (this.#pending.length) this.send();
  }
}

// Whether no other tab goes on with this recording: a tab that was copied holds a copy of everything.
const alone = (name) => new Promise((found) => {
  const patience = new AbortController();
  const late = setTimeout(() => { patience.abort(); found(false); }, 1500);
  navigator.locks.request(`${PLACE}.${name}`, { signal: patience.signal }, () => {
    clearTimeout(late);
    found(true);
    return new Promise(() => {});
  }).catch(() => found(false));
});
