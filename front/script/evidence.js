// Sending a piece of evidence in pieces, so that a broken connection goes on where it stopped, also after signing in again
// or on another day. Without this script the form sends the file as a whole.
//
// In the page:
//   form[data-evidence]   with data-begin, where a file is announced; its token and the field "evidence" go along
//   [data-progress]       shown meanwhile: a <progress>, and [data-words] whose data-sending, data-waiting, data-broken are sentences
//   [data-error]          shown with the reason when it is refused, in [data-said]
(() => {
  "use strict";
  const PIECE = 512 * 1024;
  const MOST_TRIES = 8;
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

  class Refused extends Error {}

  // The hash tells the file again after a break. Where the browser has none to give, going on needs this same page.
  async function hashed(file) {
    if (!globalThis.crypto?.subtle) return "";
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function reason(answer) {
    try {
      return (await answer.json()).reason;
    } catch {
      return "";
    }
  }

  function start(form) {
    const input = form.querySelector("input[type=file]");
    const button = form.querySelector("button");
    const progress = form.querySelector("[data-progress]");
    const words = form.querySelector("[data-words]");
    const bar = form.querySelector("progress");
    const error = form.querySelector("[data-error]");
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;

    function say(name) {
      progress.hidden = false;
      words.textContent = words.dataset[name];
    }

    async function ask(address, settings) {
      const answer = await fetch(address, { credentials: "same-origin", redirect: "error", ...settings });
      if (answer.ok || answer.status === 409) return answer;
      const said = await reason(answer);
      if (said) throw new Refused(said);
      throw Object.assign(new Error(`${answer.status}`), { forGood: answer.status < 500 });
    }

    async function announced(file) {
      const told = new FormData(form);
      told.delete("file");
      told.set("name", file.name);
      told.set("size", file.size);
      told.set("sha256", await hashed(file));
      return ask(form.dataset.begin, { method: "POST", body: told });
    }

    async function sendAll(file) {
      let place = "";
      let offset = 0;
      let tries = 0;
      let whole = false;
      while (!whole) {
        try {
          if (!place) {
            const answer = await announced(file);
            place = answer.headers.get("Location");
            offset = Number(answer.headers.get("Upload-Offset"));
            whole = answer.headers.get("Upload-Complete") === "?1";
            if (whole) break;
          }
          say("sending");
          bar.value = (100 * offset) / file.size;
          const answer = await ask(place, {
            method: "PATCH",
            body: file.slice(offset, offset + PIECE),
            headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset, "X-CSRFToken": token },
          });
          offset = Number(answer.headers.get("Upload-Offset"));
          whole = answer.status === 204 && offset === file.size;
          tries = 0;
        } catch (problem) {
          tries += 1;
          if (problem instanceof Refused || problem.forGood || tries > MOST_TRIES) throw problem;
          say("waiting");
          place = ""; // what arrived may be more than we heard of: ask anew
          await pause(Math.min(2 ** tries, 30) * (0.3 + 0.4 * Math.random()));
        }
      }
      bar.value = 100;
    }

    form.addEventListener("submit", async (event) => {
      const file = input.files[0];
      if (!file || !file.size) return; // the page says what is wrong
      event.preventDefault();
      button.disabled = true;
      error.hidden = true;
      try {
        await sendAll(file);
        location.reload();
      } catch (problem) {
        if (problem instanceof Refused) {
          progress.hidden = true;
          error.hidden = false;
          error.querySelector("[data-said]").textContent = problem.message;
          input.setAttribute("aria-invalid", "true");
        } else {
          say("broken");
        }
        button.disabled = false;
      }
    });
  }

  document.querySelectorAll("form[data-evidence]").forEach(start);
})();
