// A strap through Web Bluetooth: connect, lose, find again. What it sends goes to the outbox; nothing of it is shown.

import { Outbox } from "./outbox.js";

const SERVICE = "heart_rate", MEASUREMENT = "heart_rate_measurement";
const SILENT_MS = 30000, FIRST_WAIT_MS = 1000, LAST_WAIT_MS = 30000, NO_BEATS_AFTER = 15;

// What a packet says, as far as a person is told of it: characteristic 0x2A37, RR intervals in 1/1024 s.
export const decode = (view) => {
  const flags = view.getUint8(0);
  let at = 1;
  const rate = flags & 1 ? view.getUint16(at, true) : view.getUint8(at);
  at += flags & 1 ? 2 : 1;
  const skin = flags & 4 ? Boolean(flags & 2) : null;
  if (flags & 8) at += 2;
  const rr = [];
  for (; flags & 16 && at + 2 <= view.byteLength; at += 2) rr.push(view.getUint16(at, true) / 1.024);
  return { rate, skin, rr };
};

export class Strap extends EventTarget {
  #device; #beats; #outbox; #wanted = false; #wait = FIRST_WAIT_MS; #heard = 0; #without = 0; #watch; #state = "off"; #linking;
  #onBeat = (event) => this.#hear(event.target.value);
  #onLost = () => this.#lost();

  constructor(outbox) { super(); this.#outbox = outbox; }

  get connected() { return this.#wanted; }
  get state() { return this.#state; }
  get outbox() { return this.#outbox; }

  // Ask for a strap; the browser shows a window, so this needs a tap.
  async connect() {
    this.#tell("looking");
    let device;
    try {
      device = await navigator.bluetooth.requestDevice({ filters: [{ services: [SERVICE] }] });
    } catch { this.#tell("off"); return; }
    await this.#take(device);
  }

  // A strap of before, where the browser still knows it: no tap is needed.
  async again() {
    try {
      const [device] = (await navigator.bluetooth?.getDevices?.()) ?? [];
      if (device) await this.#take(device, true);
    } catch { /* then not */ }
  }

  async leave() {
    this.#wanted = false;
    clearTimeout(this.#watch);
    this.#drop();
    this.#tell("off");
    return this.#outbox.send(true);
  }

  async #take(device, quietly = false) {
    this.#device = device;
    this.#outbox.device = device.name;
    device.addEventListener("gattserverdisconnected", this.#onLost);
    this.#tell("connecting");
    this.#wanted = await this.#link();
    if (this.#wanted) return;
    device.removeEventListener("gattserverdisconnected", this.#onLost);
    this.#tell(quietly ? "off" : "silent");
  }

  async #link() {
    try {
      const server = await this.#device.gatt.connect();
      const beats = await (await server.getPrimaryService(SERVICE)).getCharacteristic(MEASUREMENT);
      if (beats !== this.#beats) beats.addEventListener("characteristicvaluechanged", this.#onBeat);
      this.#beats = beats;
      await beats.startNotifications();
    } catch { return false; }
    this.#heard = performance.now();
    this.#wait = FIRST_WAIT_MS;
    this.#tell("connected");
    this.#look();
    return true;
  }

  #hear(view) {
    this.#heard = performance.now();
    this.#outbox.add(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    try {
      const { skin, rr } = decode(view);
      this.#without = rr.length ? 0 : this.#without + 1;
      this.#tell(skin === false ? "skin" : this.#without > NO_BEATS_AFTER ? "rate" : "connected");
    } catch { /* cut short; it is kept as it is, and told apart later */ }
  }

  // A connection that stays silent is broken off, so that it can be made anew.
  #look() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      if (!this.#wanted) return;
      if (performance.now() - this.#heard > SILENT_MS) this.#device.gatt.disconnect(); else this.#look();
    }, SILENT_MS / 2);
  }

  #lost() {
    this.#outbox.broke();
    if (!this.#wanted) return;
    clearTimeout(this.#watch);
    this.#tell("lost");
    this.#outbox.send();
    this.#relink();
  }

  async #relink() {
    if (this.#linking) return;
    this.#linking = true;
    while (this.#wanted && !(await this.#link())) {
      await new Promise((done) => { setTimeout(done, this.#wait); });
      this.#wait = Math.min(2 * this.#wait, LAST_WAIT_MS);
    }
    this.#linking = false;
  }

  #drop() {
    this.#device?.removeEventListener("gattserverdisconnected", this.#onLost);
    this.#beats?.removeEventListener("characteristicvaluechanged", this.#onBeat);
    this.#beats = undefined;
    try { this.#device?.gatt.disconnect(); } catch { /* gone already */ }
    this.#outbox.broke();
  }

  #tell(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new Event("told"));
  }
}

// The part of a page that is about a strap; gives the strap, or null where there can be none.
export const wire = async (box) => {
  if (!box || (!navigator.bluetooth && !Outbox.holds)) {
    if (Outbox.holds) Outbox.open();
    if (box) box.querySelector("[data-strap-status]").textContent = box.dataset.absent;
    return null;
  }
  const status = box.querySelector("[data-strap-status]"), taps = box.querySelector("[data-strap-taps]");
  const [connect, leave] = ["connect", "leave"].map((name) => box.querySelector(`[data-strap-${name}]`));
  const say = (name) => { status.textContent = box.dataset[name] ?? ""; };
  const outbox = await Outbox.open();
  if (!outbox) { say("closed"); return null; }
  outbox.addEventListener("waits", () => say("waits"));
  outbox.addEventListener("closed", () => say("closed"));
  if (!navigator.bluetooth) { say("absent"); return null; }
  const strap = new Strap(outbox);
  const show = () => {
    say(strap.state);
    const on = !["off", "silent", "looking"].includes(strap.state);
    connect.hidden = on;
    leave.hidden = !on;
    if (on) box.open = true;
  };
  strap.addEventListener("told", show);
  outbox.addEventListener("sent", () => say(strap.state));
  connect.addEventListener("click", () => strap.connect());
  leave.addEventListener("click", () => strap.leave());
  taps.hidden = false;
  box.dataset.ready = "yes";
  if (outbox.holds) outbox.send();
  strap.again();
  return strap;
};

// A form that ends something: first what the strap sent goes to the app, and what sounds fades; though never for long.
export const endsWith = (form, found, quieten = () => null) => {
  let ending = false;
  form.addEventListener("submit", async (event) => {
    const strap = found(), waits = [];
    if (ending) { event.preventDefault(); return; }
    if (strap?.connected) waits.push(Promise.race([strap.leave(), new Promise((done) => { setTimeout(done, 1500); })]));
    const fading = quieten();
    if (fading) waits.push(fading);
    if (!waits.length) return;
    ending = true;
    event.preventDefault();
    await Promise.all(waits);
    form.submit();
  });
};
