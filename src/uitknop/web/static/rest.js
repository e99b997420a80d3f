// A rest that stays in its page: with a strap, so that it stays connected, or with a sound. With neither, a form is enough.

import { endsWith, wire } from "./strap.js";
import { Tones } from "./tones.js";
import { findVoice, Guide } from "./voice.js";

const BELLS_S = 300, LAST_BELL_S = 3 * 3600, BELL_RINGS_MS = 1200;

const form = document.querySelector('form[action="/rest/start"]'), box = document.querySelector("[data-sounds]");
let strap = null;
wire(document.querySelector("[data-strap]")).then((found) => { strap = found; });

const hidden = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });
const chosen = () => box?.querySelector("input[name=sound]:checked") ?? null;
const tell = (why) => { box.querySelector("[data-sound-status]").textContent = box.dataset[why] ?? ""; };

// What is chosen stands on the fold. Whether there is a voice, and whether breathing fits, is said once it is asked for.
const isGuided = (choice) => choice?.value.startsWith("guided") ?? false;
const showChoice = () => {
  box.querySelector("[data-sound-now]").textContent = chosen()?.closest("label").textContent.trim() ?? "";
  box.querySelector("[data-before]").hidden = !isGuided(chosen());
};
const pace = async () => {
  const answer = await fetch("/api/breathing").catch(() => null);
  return answer?.ok ? answer.json() : null;
};
const look = async () => {
  const choice = chosen();
  showChoice();
  tell("");
  if (isGuided(choice)) {
    const { voice, why } = await findVoice(box.dataset.lang);
    if (!voice) tell(why);
  } else if (choice?.value === "exhale" && !(await pace())) {
    choice.checked = false;
    box.querySelector('input[value="none"]').checked = true;
    showChoice();
    tell("breath");
  }
};
if (box) {
  box.querySelector("[data-scripted]").hidden = false;
  box.addEventListener("change", look);
  look();
}

const endOf = ({ since_ms, posture, beside, own }, quieten) => {
  const end = Object.assign(document.createElement("form"), { method: "post", action: "/rest/stop" });
  end.append(hidden("since", since_ms), hidden("posture", posture), hidden("beside", beside), hidden("own", own), document.createElement("button"));
  endsWith(end, () => strap, quieten);
  return end;
};

const fill = (path, ...shown) => {
  const main = document.createElement("main");
  main.append(...shown);
  document.body.replaceChildren(main);
  history.pushState(null, "", path);
  navigator.wakeLock?.request("screen").catch(() => {});
  main.querySelector("button").focus({ preventScroll: true });
};

const turnBlack = (end) => {
  end.querySelector("button").setAttribute("aria-label", form.dataset.end);
  document.documentElement.classList.add("black");
  fill("/rest/now", end);
  document.querySelector("main").dataset.soon = form.dataset.soon;
};

const script = document.querySelector("template[data-read]"), text = () => script.content.cloneNode(true);

// Without a voice of this computer the words are there to read.
const read = (end, why) => {
  const told = Object.assign(document.createElement("p"), { textContent: box.dataset[why] }), words = text();
  const place = Object.assign(document.createElement("div"), { className: "reading" });
  document.documentElement.classList.remove("black");
  end.querySelector("button").textContent = form.dataset.end;
  place.append(told, words, end);
  fill("/rest/text", place);
};

// Begins what was chosen; gives what ends it, softly where that can be.
const sounding = (tones, { value }, breath) => {
  if (breath) {
    const { in_s, out_s, minutes } = breath, breaths = Math.floor((60 * minutes) / (in_s + out_s));
    for (let i = 0; i < breaths; i += 1) tones.breath(1 + i * (in_s + out_s), in_s, out_s);
  } else if (value !== "exhale") {
    tones.bell(1);
    for (let at_s = BELLS_S; value === "bells" && at_s <= LAST_BELL_S; at_s += BELLS_S) tones.bell(at_s);
  }
  return (leaving) => {
    const rings = value === "bell" && leaving;
    if (rings) tones.bell(0);
    return tones.stop(rings ? BELL_RINGS_MS : 0);
  };
};

const speaking = (choice, voice, fails) => {
  const short = choice.value === "guided_short", parts = [...text().querySelectorAll("[data-section]")];
  const guide = new Guide(parts, voice, fails, short ? "body" : "");
  guide.say();
  return () => guide.stop();
};

const begin = async () => {
  const said = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(Object.fromEntries(new FormData(form))) };
  const answer = await fetch("/api/rests", said).catch(() => null);
  if (answer?.ok) return answer.json();
  if (answer?.status === 409) location.assign("/help"); else form.submit();
  return null;
};

form?.addEventListener("submit", async (event) => {
  const choice = chosen(), sounds = choice !== null && choice.value !== "none";
  if (!strap?.connected && !sounds) return;
  event.preventDefault();
  const guided = isGuided(choice);
  const tones = sounds && !guided ? new Tones() : null;  // at once: a browser lets a tap sound, and nothing else
  const breath = choice?.value === "exhale" ? await pace() : null;
  const begun = await begin();
  if (!begun) { tones?.stop(); return; }
  let quieten = tones && sounding(tones, choice, breath);
  const end = endOf(begun, () => quieten?.(true));
  addEventListener("pagehide", () => quieten?.(false));
  const { voice, why } = guided ? await findVoice(box.dataset.lang) : {};
  if (guided && !voice) { read(end, why); return; }
  turnBlack(end);
  if (guided) quieten = speaking(choice, voice, () => read(end, "none"));
});
addEventListener("popstate", () => location.reload());
