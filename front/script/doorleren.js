// Small comforts; every page works without them. No request leaves from here: the link to share
// carries the answers in its fragment, which a browser never sends to a server.
//
// In the page:
//   form[data-answers]          the answers; filled from the fragment and sent when a shared link is opened, and from
//                               this tab's own history when the visitor comes back from another page
//   button[data-share]          puts the link with the answers on the clipboard; says so in [data-share-said];
//                               with data-plain-link the link alone
//   button[data-print]          prints, with everything unfolded
//   button[data-plain]          sends its form without HTMX (a file to keep); so does a button with an address of its own
//   [data-needs-script][hidden] shown once this script runs
//   a[data-takes-answers]       leads to signing in: this tab keeps the answers until it is back at the page of the form
//   [data-focus]                gets the focus when it appears: the new question, or the error summary
(() => {
  "use strict";
  const FRAGMENT = "#answers=";
  const KEPT = "doorleren-answers";
  const here = () => location.pathname + location.search;
  const answersForm = () => document.querySelector("form[data-answers]");

  function answersAsText(form) {
    const answers = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value !== "") answers.append(name, value);
    }
    return answers.toString();
  }

  function hidden(name, value) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    return field;
  }

  // The answers alone; the reply brings the questions back with these filled in. "opened" says that nobody pressed a
  // button: the page keeps its place in the history.
  function send(form, text) {
    const fields = [...new URLSearchParams(text), ["opened", "1"]];
    form.replaceChildren(...fields.map(([name, value]) => hidden(name, value)));
    form.requestSubmit();
  }

  // A shared link, or the way back to this page: its entry in the history of this tab remembers the answers.
  function openEarlierAnswers() {
    const [form, kept] = [answersForm(), takeAfterSigningIn()];
    if (!form) return;
    const shared = location.hash.startsWith(FRAGMENT);
    const earlier = shared ? location.hash.slice(FRAGMENT.length) : (kept || history.state?.answers);
    if (shared) history.replaceState(null, "", here());
    if (earlier) send(form, earlier);
  }

  // Signing in leads past another site. Meanwhile the answers stay in this tab (sessionStorage, which no server sees) with
  // the page that they are for. They go as soon as they are back there, or the visitor is anywhere but at signing in.
  function keepForSigningIn() {
    sessionStorage.setItem(KEPT, JSON.stringify({ to: here(), answers: answersAsText(answersForm()) }));
  }

  function takeAfterSigningIn() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    if (!kept || /\/sign-in(\/|$)/.test(location.pathname)) return "";
    sessionStorage.removeItem(KEPT);
    return kept.to === here() ? kept.answers : "";
  }

  function remember() {
    const form = answersForm();
    if (form) history.replaceState({ ...history.state, answers: answersAsText(form) }, "");
  }

  async function share(button) {
    const said = document.querySelector("[data-share-said]");
    const base = button.dataset.share || location.origin + location.pathname;
    const answers = "plainLink" in button.dataset ? "" : FRAGMENT + answersAsText(answersForm());
    const link = new URL(base, location.href).href + answers;
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

  function dress() {
    document.querySelectorAll("[data-needs-script][hidden]").forEach((part) => (part.hidden = false));
  }

  function focusOn(part) {
    if (!part) return;
    part.focus({ preventScroll: true });
    part.closest(".dl-columns__stays")?.scrollTo({ top: 0 });
    const { top } = part.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) (part.closest(".dl-finder__asking") ?? part).scrollIntoView();
  }

  // What the visitor unfolded stays unfolded when the part around it is replaced.
  globalThis.htmx?.registerExtension("doorleren-folds", {
    htmx_before_morph_attr: (part, { attrName }) => !(attrName === "open" && part.matches("details")),
    // What is sent at once shows what came back: a box that was ticked by hand would else stay so.
    htmx_before_morph_node: (part, { newNode }) => {
      if (part.matches?.("input.dl-at-once")) part.checked = newNode.checked;
    },
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-share], button[data-print], a[data-takes-answers]");
    if (!button) return;
    if ("takesAnswers" in button.dataset) keepForSigningIn();
    else if ("print" in button.dataset) print();
    else share(button);
  });
  // The menu of one's own pages closes by Escape, and when something else is pressed.
  const closeMenu = (event) => {
    const menu = document.querySelector(".dl-me[open]");
    if (!menu || (event.type === "keydown" ? event.key !== "Escape" : menu.contains(event.target))) return;
    menu.open = false;
    if (event.type === "keydown") menu.querySelector("summary").focus();
  };
  document.addEventListener("keydown", closeMenu);
  document.addEventListener("click", closeMenu);
  // A file to keep is no part of the page. The other language is another page: the answers go along as in a shared link,
  // so that going back never asks to send a form again.
  document.addEventListener(
    "submit",
    (event) => {
      const button = event.submitter;
      if (!button?.matches("[data-plain], [formaction]")) return;
      event.stopImmediatePropagation();
      if (!button.hasAttribute("formaction")) return;
      event.preventDefault();
      location.assign(button.formAction + FRAGMENT + answersAsText(event.target));
    },
    true,
  );
  // HTMX would fetch the page without the answers that this entry of the history remembers.
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (!history.state?.answers) return;
    event.preventDefault();
    location.reload();
  });
  addEventListener("beforeprint", unfoldForPrint);
  addEventListener("hashchange", () => location.hash.startsWith(FRAGMENT) && openEarlierAnswers());
  document.addEventListener("htmx:after:swap", ({ detail }) => {
    dress();
    remember();
    if (detail?.ctx?.sourceEvent?.type !== "change") focusOn(document.querySelector("[data-focus]"));
  });
  dress();
  focusOn(document.querySelector("[data-focus][role=alert]"));
  setTimeout(openEarlierAnswers); // HTMX begins in a timeout of its own, set before this one
})();
