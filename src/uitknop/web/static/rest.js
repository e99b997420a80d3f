// A rest with a strap: the page stays, so that the strap does, and turns black. Without a strap this does nothing.

import { endsWith, wire } from "./strap.js";

const form = document.querySelector('form[action="/rest/start"]');
let strap = null;
wire(document.querySelector("[data-strap]")).then((found) => { strap = found; });

const hidden = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });

const turnBlack = ({ since_ms, posture, beside, own }, label) => {
  const end = Object.assign(document.createElement("form"), { method: "post", action: "/rest/stop" });
  const done = document.createElement("button");
  done.setAttribute("aria-label", label);
  end.append(hidden("since", since_ms), hidden("posture", posture), hidden("beside", beside), hidden("own", own), done);
  endsWith(end, () => strap);
  const main = document.createElement("main");
  main.append(end);
  document.documentElement.classList.add("black");
  document.body.replaceChildren(main);
  history.pushState(null, "", "/rest/now");
  done.focus();
  navigator.wakeLock?.request("screen").catch(() => {});
};

form?.addEventListener("submit", async (event) => {
  if (!strap?.connected) return;
  event.preventDefault();
  const said = Object.fromEntries(new FormData(form));
  const told = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(said) };
  const answer = await fetch("/api/rests", told).catch(() => null);
  if (answer?.ok) turnBlack(await answer.json(), form.dataset.end);
  else if (answer?.status === 409) location.assign("/help");
  else form.submit();
});
addEventListener("popstate", () => location.reload());
