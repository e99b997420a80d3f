// A strap in the page: what it sends is pushed by the test, at the time the test says.
(() => {
  class Beats extends EventTarget {
    value = null;
    subscribed = false;
    async startNotifications() { this.subscribed = true; return this; }
    async stopNotifications() { this.subscribed = false; return this; }
    push(bytes) {
      if (!window.strap.gatt.connected || !this.subscribed) return false;
      this.value = new DataView(new Uint8Array(bytes).buffer);
      this.dispatchEvent(new Event("characteristicvaluechanged"));
      return true;
    }
  }
  class Strap extends EventTarget {
    id = "fake";
    name = "Test strap";
    beats = new Beats();
    away = 0;
    gatt = {
      connected: false,
      connect: async () => {
        if (this.away > 0) { this.away -= 1; throw new Error("out of reach"); }
        this.gatt.connected = true;
        return this.gatt;
      },
      disconnect: () => { this.gatt.connected = false; this.beats.subscribed = false; this.dispatchEvent(new Event("gattserverdisconnected")); },
      getPrimaryService: async () => ({ getCharacteristic: async () => this.beats }),
    };
  }
  const bluetooth = { getAvailability: async () => true, requestDevice: async () => window.strap ??= new Strap() };
  Object.defineProperty(Navigator.prototype, "bluetooth", { configurable: true, get: () => bluetooth });
  const now = Date.now;
  Date.now = () => window.at ?? now();
  // Pushes what the strap would send while time passes; gives how much the page heard.
  window.beat = (packets) => packets.filter(([at, bytes]) => { window.at = at; return window.strap.beats.push(bytes); }).length;
})();
