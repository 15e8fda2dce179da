// Small comforts; every page works without them. No request leaves from here: the link to share
// carries the answers in its fragment, which a browser never sends to a server.
//
// In the page:
//   form[data-answers]          the answers; filled from the fragment and sent when a shared link is opened
//   button[data-share]          puts the link with the answers on the clipboard; says so in [data-share-said]
//   button[data-print]          prints, with everything unfolded
//   [data-needs-script][hidden] shown once this script runs
//   [data-focus]                gets the focus when it appears (the error summary)
(() => {
  "use strict";
  const FRAGMENT = "#answers=";
  const NOT_AN_ANSWER = new Set(["csrfmiddlewaretoken"]);

  const answersForm = () => document.querySelector("form[data-answers]");

  function answersAsText(form) {
    const answers = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (!NOT_AN_ANSWER.has(name) && typeof value === "string" && value !== "") answers.append(name, value);
    }
    return answers.toString();
  }

  function fill(form, answers) {
    for (const name of new Set(answers.keys())) {
      if (NOT_AN_ANSWER.has(name)) continue;
      const values = answers.getAll(name);
      const fields = [...form.elements].filter((field) => field.name === name);
      for (const field of fields) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
        else if (field.type !== "submit") field.value = values[0];
      }
      if (!fields.length) values.forEach((value) => form.append(hidden(name, value)));
    }
  }

  function hidden(name, value) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    return field;
  }

  function openSharedLink() {
    const form = answersForm();
    if (!form || !location.hash.startsWith(FRAGMENT)) return;
    fill(form, new URLSearchParams(location.hash.slice(FRAGMENT.length)));
    history.replaceState(null, "", location.pathname + location.search);
    form.requestSubmit();
  }

  async function share(button) {
    const said = document.querySelector("[data-share-said]");
    const base = button.dataset.share || location.origin + location.pathname;
    const link = new URL(base, location.href).href + FRAGMENT + answersAsText(answersForm());
    try {
      await navigator.clipboard.writeText(link);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = `${button.dataset.copy} ${link}`;
    }
  }

  function unfoldForPrint() {
    const folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((fold) => (fold.open = true));
    addEventListener("afterprint", () => folded.forEach((fold) => (fold.open = false)), { once: true });
  }

  function dress(root) {
    root.querySelectorAll("[data-needs-script][hidden]").forEach((part) => (part.hidden = false));
    root.querySelector("[data-focus]")?.focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-share], button[data-print]");
    if (!button) return;
    if ("print" in button.dataset) print();
    else share(button);
  });
  addEventListener("beforeprint", unfoldForPrint);
  addEventListener("hashchange", openSharedLink);
  document.addEventListener("htmx:after:swap", () => dress(document));
  dress(document);
  openSharedLink();
})();
