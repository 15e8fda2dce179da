// The waiting room: asks its own small server how the round stands, about once a minute, each browser at a moment of its
// own. The server says when to ask again (`again`, in seconds; null: not any more). Without an answer the waits double,
// drawn evenly from nothing to that, so that nobody comes back together with everybody else.
//
// In the page:
//   [data-waiting-room]   the address to ask; [data-first], [data-longest] seconds: the first and the longest wait after trouble
//   [data-state]          shown when its state is the one that was heard, or "unknown" after trouble
//   [data-place]          "in" or "out": whether the ticket of the key in the fragment (#key=...) is in; [data-before] who came before
//   [data-opens]          when it opens; another moment than before where its opening failed
//   [data-tickets]        how many came in; [data-at] when that was counted
(() => {
  "use strict";
  const room = document.querySelector("[data-waiting-room]");
  if (!room?.dataset.waitingRoom) return;
  const language = document.documentElement.lang === "en" ? "en-GB" : "nl-NL";
  const key = new URLSearchParams(location.hash.slice(1)).get("key");
  const address = room.dataset.waitingRoom + (key ? `?key=${encodeURIComponent(key)}` : "");
  const each = (names, act) => document.querySelectorAll(names).forEach(act);
  const seconds = (name) => Number(room.dataset[name]);
  let tries = 0;

  function show(attribute, value) {
    each(`[data-${attribute}]`, (part) => {
      part.hidden = part.dataset[attribute] !== value;
    });
  }

  function place(told) {
    show("place", told.submitted ? "in" : "out");
    each("[data-before]", (part) => (part.textContent = told.before?.toLocaleString(language) ?? ""));
    each("[data-after-others]", (part) => (part.hidden = told.before === 0));
    each("[data-first-of-all]", (part) => (part.hidden = told.before !== 0));
  }

  function tell(told) {
    if (room.dataset.now !== told.state) show("state", told.state);
    room.dataset.now = told.state;
    each("[data-tickets]", (part) => (part.textContent = told.tickets.toLocaleString(language)));
    each("[data-opens]", (part) => (part.textContent = new Date(told.opens_at).toLocaleString(language, { dateStyle: "long", timeStyle: "short", timeZone: "Europe/Amsterdam" })));
    each("[data-at]", (part) => (part.textContent = new Date(told.at).toLocaleTimeString(language)));
    if ("submitted" in told) place(told);
  }

  async function ask() {
    let wait;
    try {
      const answer = await fetch(address, { credentials: "omit", cache: "no-store" });
      if (answer.status === 404 || answer.status === 400) return;
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.type);
      tell(told);
      tries = 0;
      wait = told.again;
    } catch {
      tries += 1;
      if (tries > 2) doubt();
      wait = Math.min(seconds("longest"), seconds("first") * 2 ** Math.min(tries - 1, 10)) * Math.random();
    }
    if (wait !== null) setTimeout(ask, wait * 1000);
  }

  // Twice without an answer can happen to anybody; after that the page no longer claims to know.
  function doubt() {
    if (room.dataset.now !== "unknown") show("state", "unknown");
    room.dataset.now = "unknown";
  }

  ask();
})();
