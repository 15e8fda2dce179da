// A running total while somebody gives points. Without this script a button works it out (web/officer/committee_case.py).
//
// In the page:
//   form[data-scores]       the form; in it inputs with [data-weight], [data-least] and [data-most]
//   [data-total]            the weighed sum of what is filled in; [data-filled]: for how many criteria that is
//   [data-without-script]   the button that is not needed then
(() => {
  "use strict";
  const form = document.querySelector("form[data-scores]");
  if (!form) return;
  const inputs = [...form.querySelectorAll("[data-weight]")];
  const written = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });

  /** The points of one criterion; nothing where they are no whole number on its scale. */
  function points({ value, dataset }) {
    const text = value.trim();
    const given = /^\d+$/.test(text) ? Number(text) : NaN;
    return given >= Number(dataset.least) && given <= Number(dataset.most) ? given : null;
  }

  function count() {
    const filled = inputs.filter((input) => points(input) !== null);
    const total = filled.reduce((sum, input) => sum + Number(input.dataset.weight) * points(input), 0);
    form.querySelector("[data-total]").textContent = written.format(total);
    form.querySelector("[data-filled]").textContent = filled.length;
  }

  form.querySelector("[data-without-script]").hidden = true;
  form.addEventListener("input", count);
  count();
})();
