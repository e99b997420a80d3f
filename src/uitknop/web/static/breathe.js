// The pacer: the shape is the style sheet's; here it begins in place, sounds or vibrates where that was chosen, and ends.

import { endsWith, wire } from "./strap.js";
import { Tones } from "./tones.js";

const form = document.querySelector("form[data-breathe]"), waits = document.querySelector("[data-stage-waits]");
const stage = waits ? waits.content.querySelector("[data-stage]") : document.querySelector("[data-stage]");
const enough = stage.querySelector(".enough"), ends = [...stage.querySelectorAll("form")], [end] = ends;

const run = ({ minutes, in_s, out_s, sound, passed_s = 0 }, vibrates) => {
  const breath_s = in_s + out_s, breaths = Math.max(1, Math.floor((60 * minutes - passed_s) / breath_s));
  const over_s = breaths * breath_s, timers = [], noise = sound === "none" ? null : new Tones();
  const at = (seconds, act) => timers.push(setTimeout(act, 1000 * seconds));
  for (let i = 0; i < breaths; i += 1) {
    if (sound === "tone") noise.breath(i * breath_s, in_s, out_s);
    if (vibrates) { at(i * breath_s, () => navigator.vibrate(60)); at(i * breath_s + in_s, () => navigator.vibrate([40, 90, 40])); }
  }
  noise?.bell(over_s);
  at(over_s, () => {
    stage.classList.add("over");
    enough.textContent = enough.dataset.enough;
    if (vibrates) navigator.vibrate(400);
  });
  const stop = () => { timers.forEach(clearTimeout); if (vibrates) navigator.vibrate(0); noise?.stop(); };
  ends.forEach((one) => one.addEventListener("submit", () => { stop(); stage.classList.add("stopped"); }));
  addEventListener("pagehide", stop);
};

// Eyes closed: nothing but black, and any tap or key ends it.
const turnBlack = () => {
  const done = end.querySelector("button"), main = document.createElement("main");
  done.setAttribute("aria-label", done.textContent.trim());
  done.textContent = "";
  main.append(end);
  document.documentElement.classList.add("black");
  document.body.replaceChildren(main);
  done.focus();
};

let strap = null;
wire(document.querySelector("[data-strap]")).then((found) => { strap = found; });
ends.forEach((one) => endsWith(one, () => strap));

if (stage.dataset.since) {
  const { since, minutes, in: in_s, out: out_s } = stage.dataset;
  const passed_s = Math.max(0, (Date.now() - Number(since)) / 1000);
  run({ minutes: Number(minutes), in_s: Number(in_s), out_s: Number(out_s), sound: "none", passed_s }, false);
}
form?.querySelectorAll("[data-scripted]").forEach((one) => { one.hidden = false; });
if (navigator.vibrate) form?.querySelectorAll("[data-vibrates]").forEach((one) => { one.hidden = false; });
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = new FormData(form);
  const own = said.get("pace") === "own", rate = Number(String(said.get("rate")).replace(",", "."));
  if (own && !(rate >= 4 && rate <= 8)) { form.submit(); return; } // the page says what a pace is
  const pace = own ? { rate } : { pace: said.get("pace") ?? "usual" };
  const body = JSON.stringify({ ...pace, sound: said.get("sound") ?? "none" });
  const answer = await fetch("/api/breathing", { method: "POST", headers: { "content-type": "application/json" }, body }).catch(() => null);
  if (!answer?.ok) { form.submit(); return; }
  const begun = await answer.json();
  ends.forEach(({ elements }) => {
    elements.namedItem("since").value = begun.since_ms;
    elements.namedItem("minutes").value = begun.minutes;
  });
  stage.dataset.pace = begun.rate;
  document.querySelector("[data-choose]").hidden = true;
  waits.replaceWith(stage);
  stage.querySelector("button").focus();
  navigator.wakeLock?.request("screen").catch(() => {});
  run(begun, said.get("vibrates") === "yes");
  if (said.get("eyes") === "closed") turnBlack();
});
