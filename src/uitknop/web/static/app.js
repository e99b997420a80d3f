// The little that needs a script: single keys, and the end of a rest by any key. Without it every page works by taps.
"use strict";
(() => {
  const root = document.documentElement;
  const typing = (target) => target.closest("input:not([type=hidden]), textarea, select, button, a, summary") !== null;

  const press = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (root.classList.contains("black")) {
      const stop = document.querySelector("button");
      event.preventDefault();
      // The key that began the rest may still be held down.
      if (stop && !event.repeat && !["Tab", "Shift"].includes(event.key)) stop.click();
      return;
    }
    if (event.repeat) return;
    if (root.dataset.keys !== "on" || typing(event.target)) return;
    const wanted = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (wanted) { event.preventDefault(); wanted.click(); }
  };
  document.addEventListener("keydown", press);

  // A second tap on the same button would say the same thing twice.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "yes";
    setTimeout(() => { delete event.target.dataset.sent; }, 3000);
  });
  if (document.body.dataset.prints) addEventListener("load", () => { print(); });
  if (document.body.dataset.reloads) setTimeout(() => { location.reload(); }, 2000);
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
