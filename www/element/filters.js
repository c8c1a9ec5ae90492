/**
 * The filters beside the results: values with their counts to tick, dates as a range.
 *
 * @module
 */

import { make } from "./dom.js";
import { push } from "./render.js";

/** @import { Facets, Filters } from "./session.js" */
/** @import { Strings } from "./strings.js" */

/** Values shown of a field before anybody asks for more; those that are ticked always are. */
const SHOWN = 8;

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

/** Draws them. */
export class FilterPanel {
  #place;
  #choose;
  /** Ranges, kept while they are typed in. @type {Map<string, HTMLElement>} */
  #ranges = new Map();
  /** Fields of which all values are shown. @type {Set<string>} */
  #unfolded = new Set();

  /**
   * @param {HTMLElement} place
   * @param {(filters: Filters) => void} choose
   */
  constructor(place, choose) {
    this.#place = place;
    this.#choose = choose;
  }

  /**
   * @param {Facets} facets
   * @param {Filters} filters
   * @param {Strings} strings
   */
  draw(facets, filters, strings) {
    const place = this.#place;
    const active = /** @type {ShadowRoot} */ (place.getRootNode()).activeElement?.id;
    const sets = Object.entries(facets)
      .filter(([field, values]) => values.length > 1 || filters[field])
      .map(([field, values]) => {
        const filter = filters[field];
        const name = strings.fields[field] ?? field;
        if (areDates(values) || (filter && !Array.isArray(filter))) return this.#range(field, name, filters, strings);
        const redraw = () => this.draw(facets, filters, strings);
        return this.#values(field, name, values, filters, redraw);
      });
    if (Object.keys(filters).length) sets.push(push(strings.clear, () => this.#choose({})));
    place.replaceChildren(...sets);
    place.hidden = !sets.length;
    for (const input of place.querySelectorAll("input")) if (input.id === active) input.focus();
  }

  /**
   * @param {string} field
   * @param {string} name
   * @param {{ value: string, count: number }[]} values
   * @param {Filters} filters
   * @param {() => void} redraw
   * @returns {HTMLElement}
   */
  #values(field, name, values, filters, redraw) {
    const filter = filters[field];
    const ticked = Array.isArray(filter) ? filter : [];
    const gone = ticked.filter((one) => !values.some(({ value }) => value === one));
    const all = [...values, ...gone.map((value) => ({ value, count: 0 }))];
    const shown = all.filter(({ value }, at) => at < SHOWN || ticked.includes(value) || this.#unfolded.has(field));
    const set = make("fieldset.filter", {}, make("legend", {}, name));
    for (const { value, count } of shown) {
      const box = make("input", { type: "checkbox", id: `${field}-${value}` });
      box.checked = ticked.includes(value);
      box.onchange = () => {
        const others = ticked.filter((one) => one !== value);
        this.#choose(withFilter(filters, field, box.checked ? [...others, value] : others));
      };
      set.append(make("label", {}, box, make("span", {}, value), String(count)));
    }
    const left = all.length - shown.length;
    const unfold = () => {
      this.#unfolded.add(field);
      redraw();
    };
    if (left) set.append(push(`+${left}`, unfold));
    return set;
  }

  /**
   * @param {string} field
   * @param {string} name
   * @param {Filters} filters
   * @param {Strings} strings
   * @returns {HTMLElement}
   */
  #range(field, name, filters, strings) {
    const filter = filters[field];
    const range = filter && !Array.isArray(filter) ? filter : {};
    const set = this.#ranges.get(field) ?? make("fieldset.filter", {}, make("legend", {}, name));
    this.#ranges.set(field, set);
    for (const end of /** @type {const} */ (["from", "to"])) {
      let input = /** @type {HTMLInputElement | null} */ (set.querySelector(`[name=${end}]`));
      if (!input) {
        input = make("input.date", { type: "date", name: end, id: `${field}-${end}` });
        set.append(make("label", {}, make("span", {}, strings[end]), input));
      }
      const date = range[end];
      // An address may say 2023 and mean all of the year.
      input.value = date ? date + (end === "from" ? "-01-01" : "-12-31").slice(date.length - 4) : "";
      input.onchange = () => this.#choose(withFilter(filters, field, { ...range, [end]: input.value || undefined }));
    }
    return set;
  }
}
