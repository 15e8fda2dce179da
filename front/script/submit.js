// Submitting an application from the page itself: the token goes straight to the intake, so that an opening day asks
// nothing of the other pages. Without this script, and whenever it cannot tell what came of it, the form is sent as it is.
//
// In the page:
//   form[data-intake]     the address of the intake; [data-token] the token
//   [data-submitting]     what is said meanwhile: its data-waiting and data-again are the sentences
//   [data-not-yet]        how it stood before; hidden with the receipt
//   [data-receipt]        shown with the receipt: [data-number], [data-at], and a link [data-keep] to the file
(() => {
  "use strict";
  const form = document.querySelector("form[data-intake]");
  if (!form) return;
  const said = document.querySelector("[data-submitting]");
  const shown = document.querySelector("[data-receipt]");
  const button = form.querySelector("button");
  const MOST_TRIES = 12;
  const LONGEST_SECONDS = 120;
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

  // As the other pages write a moment: "23 November 2026 14:15:05".
  function moment(at) {
    const language = document.documentElement.lang === "en" ? "en-GB" : "nl-NL";
    const there = { timeZone: "Europe/Amsterdam" };
    return `${at.toLocaleDateString(language, { dateStyle: "long", ...there })} ${at.toLocaleTimeString(language, there)}`;
  }

  function say(name) {
    said.textContent = said.dataset[name] ?? "";
    said.hidden = !said.textContent;
  }

  function show(text) {
    const receipt = JSON.parse(text);
    shown.querySelector("[data-number]").textContent = receipt.number;
    shown.querySelector("[data-at]").textContent = moment(new Date(receipt.at));
    shown.querySelector("[data-keep]").href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    say("");
    form.hidden = true;
    for (const one of document.querySelectorAll("[data-not-yet]")) one.hidden = true;
    shown.hidden = false;
    shown.focus();
  }

  // Everybody who waits comes back at a moment of their own, so that a failure does not become a storm, here or at the pages.
  async function submit() {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const answer = await sent();
      if (answer?.status === 201) return show(await answer.text());
      if (answer && answer.status !== 503) return form.submit();
      say("again");
      await pause(Math.min(LONGEST_SECONDS, 2 ** (tries + 1)) * Math.random());
    }
    return form.submit();
  }

  async function sent() {
    try {
      return await fetch(form.dataset.intake, { method: "POST", body: form.dataset.token, credentials: "omit" });
    } catch {
      return null; // no answer at all: ask again with the same token
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    say("waiting");
    try {
      await submit();
    } catch {
      form.submit(); // nothing could be read: the page asks the intake itself, with the same token
    }
    button.disabled = false;
  });
})();
