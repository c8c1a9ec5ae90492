/**
 * The filters beside the results: values with their counts to tick, dates as a range.
 *
 * @module
 */

import { make } from "./dom.js";
import { push } from "./render.js";

/** @import { Facets, Filters } from "./session.js" */
/** @import { Strings } from "./strings.js" */

/** Whether the values are dates, whole or in part. @param {{ value: string }[]} values */
export function areDates(values) {
  return values.length > 0 && values.every(({ value }) => /^\d{4}(-\d\d(-\d\d.*)?)?$/.test(value));
}

/**
 * The filters with another one for a field; an empty one is none.
 *
 * @param {Filters} filters
 * @param {string} field
 * @param {string[] | { from?: string, to?: string }} filter
 * @returns {Filters}
 */
export function withFilter(filters, field, filter) {
  const { [field]: _, ...others } = filters;
  return Object.values(filter).some(Boolean) ? { ...others, [field]: filter } : others;
}

/**
 * Draws the filters into their place.
 *
 * @param {HTMLElement} place
 * @param {Facets} facets
 * @param {Filters} filters
 * @param {Strings} strings
 * @param {(filters: Filters) => void} choose
 */
export function drawFilters(place, facets, filters, strings, choose) {
  const active = /** @type {ShadowRoot} */ (place.getRootNode()).activeElement;
  const held = place.contains(active);
  const sets = Object.entries(facets)
    .filter(([field, values]) => values.length > 1 || filters[field])
    .map(([field, values]) => {
      const filter = filters[field] ?? [];
      /** @param {string[] | { from?: string, to?: string }} chosen */
      const change = (chosen) => choose(withFilter(filters, field, chosen));
      const dates = areDates(values) || !Array.isArray(filter);
      // A range stays what it is while somebody types in it.
      const id = `filter-${field}`;
      const before = dates && [...place.children].find((one) => one.id === id);
      const set = before || make("fieldset.filter", { id }, make("legend", {}, strings.fields[field] ?? field));
      if (dates) range(set, field, Array.isArray(filter) ? {} : filter, strings, change);
      else tickBoxes(set, field, values, filter, change);
      return set;
    });
  if (Object.keys(filters).length) sets.push(push(strings.clear, () => choose({})));
  place.replaceChildren(...sets);
  place.hidden = !sets.length;
  // What had the focus may have been drawn anew, or be gone.
  const inputs = [...place.querySelectorAll("input")];
  if (held) (inputs.find(({ id }) => id === active?.id) ?? inputs[0])?.focus();
}

/**
 * @param {Element} set
 * @param {string} field
 * @param {{ value: string, count: number }[]} values
 * @param {string[]} ticked
 * @param {(ticked: string[]) => void} change
 */
function tickBoxes(set, field, values, ticked, change) {
  const gone = ticked.filter((one) => !values.some(({ value }) => value === one));
  for (const { value, count } of [...values, ...gone.map((value) => ({ value, count: 0 }))]) {
    const box = make("input", { type: "checkbox", id: `${field}-${value}` });
    box.checked = ticked.includes(value);
    box.onchange = () => change(box.checked ? [...ticked, value] : ticked.filter((one) => one !== value));
    set.append(make("label", {}, box, make("span", {}, value), `${count}`));
  }
}

/**
 * @param {Element} set
 * @param {string} field
 * @param {{ from?: string, to?: string }} range
 * @param {Strings} strings
 * @param {(range: { from?: string, to?: string }) => void} change
 */
function range(set, field, range, strings, change) {
  for (const end of /** @type {const} */ (["from", "to"])) {
    let input = /** @type {HTMLInputElement | null} */ (set.querySelector(`[name=${end}]`));
    if (!input) {
      input = make("input.date", { type: "date", name: end, id: `${field}-${end}` });
      set.append(make("label", {}, make("span", {}, strings[end]), input));
    }
    const date = range[end];
    // An address may say 2023 and mean all of the year.
    input.value = date ? date + (end === "from" ? "-01-01" : "-12-31").slice(date.length - 4) : "";
    input.onchange = ({ target }) => change({ ...range, [end]: /** @type {HTMLInputElement} */ (target).value });
  }
}
