/**
 * The filters beside the results: values with their counts to tick, dates as a range.
 *
 * @module
 */

import { make } from "./dom.js";

/** @import { Facets, Filters } from "./session.js" */
/** @import { Strings } from "./strings.js" */

/** Values shown of a field before anybody asks for more; those that are ticked always are. */
const SHOWN = 8;

/** Whether the values are dates, whole or in part. @param {{ value: string }[]} values */
export function areDates(values) {
  return values.length > 0 && values.every(({ value }) => /^\d{4}(-\d\d(-\d\d.*)?)?$/.test(value));
}

/**
 * The filters with one value ticked or not.
 *
 * @param {Filters} filters
 * @param {string} field
 * @param {string} value
 * @param {boolean} ticked
 * @returns {Filters}
 */
export function withValue(filters, field, value, ticked) {
  const { [field]: before, ...rest } = filters;
  const others = (Array.isArray(before) ? before : []).filter((one) => one !== value);
  const values = ticked ? [...others, value] : others;
  return values.length > 0 ? { ...rest, [field]: values } : rest;
}

/**
 * The filters with one end of a range set; an empty one is open.
 *
 * @param {Filters} filters
 * @param {string} field
 * @param {"from" | "to"} end
 * @param {string} value
 * @returns {Filters}
 */
export function withRange(filters, field, end, value) {
  const { [field]: before, ...rest } = filters;
  const { [end]: _, ...other } = before && !Array.isArray(before) ? before : {};
  const range = value ? { ...other, [end]: value } : other;
  return Object.keys(range).length > 0 ? { ...rest, [field]: range } : rest;
}

/** Draws them. */
export class FilterPanel {
  #place;
  #choose;
  /** Ranges, kept while they are typed in. @type {Map<string, HTMLFieldSetElement>} */
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
    const active = /** @type {ShadowRoot} */ (this.#place.getRootNode()).activeElement?.id;
    const fields = Object.entries(facets).filter(([field, values]) => values.length > 1 || filters[field]);
    const sets = fields.map(([field, values]) => {
      const name = strings.fields[field] ?? field;
      const range = areDates(values) || (filters[field] && !Array.isArray(filters[field]));
      return range ? this.#range(field, name, filters, strings) : this.#values(field, name, values, facets, filters, strings);
    });
    if (Object.keys(filters).length > 0) {
      const clear = make("button", { type: "button", class: "plain", id: "unfilter" }, strings.unfilter);
      clear.addEventListener("click", () => this.#choose({}));
      sets.push(make("fieldset", {}, clear));
    }
    this.#place.replaceChildren(...sets);
    this.#place.hidden = sets.length === 0;
    if (active) /** @type {HTMLElement | null} */ (this.#place.querySelector(`#${CSS.escape(active)}`))?.focus();
  }

  /**
   * @param {string} field
   * @param {string} name
   * @param {{ value: string, count: number }[]} values
   * @param {Facets} facets
   * @param {Filters} filters
   * @param {Strings} strings
   */
  #values(field, name, values, facets, filters, strings) {
    const filter = filters[field];
    const ticked = Array.isArray(filter) ? filter : [];
    const gone = ticked.filter((one) => !values.some(({ value }) => value === one)).map((value) => ({ value, count: 0 }));
    const all = [...values, ...gone];
    const shown = this.#unfolded.has(field) ? all : all.filter(({ value }, at) => at < SHOWN || ticked.includes(value));
    const set = make("fieldset", { part: "filter" }, make("legend", {}, name));
    for (const { value, count } of shown) {
      const box = make("input", { type: "checkbox", id: `f-${field}-${value}` });
      box.checked = ticked.includes(value);
      box.addEventListener("change", () => this.#choose(withValue(filters, field, value, box.checked)));
      set.append(make("label", {}, box, make("span", {}, value), make("small", {}, String(count))));
    }
    if (shown.length < all.length) {
      const more = make("button", { type: "button", class: "plain", "aria-label": `${name} +${all.length - shown.length}` }, `+${all.length - shown.length}`);
      more.addEventListener("click", () => {
        this.#unfolded.add(field);
        this.draw(facets, filters, strings);
      });
      set.append(more);
    }
    return set;
  }

  /**
   * @param {string} field
   * @param {string} name
   * @param {Filters} filters
   * @param {Strings} strings
   */
  #range(field, name, filters, strings) {
    let set = this.#ranges.get(field);
    if (!set) {
      set = make("fieldset", { part: "filter" }, make("legend", {}));
      for (const end of /** @type {const} */ (["from", "to"])) {
        set.append(make("label", {}, make("span", { class: "end" }), make("input", { type: "date", id: `f-${field}-${end}`, name: end })));
      }
      this.#ranges.set(field, set);
    }
    const range = filters[field];
    /** @type {HTMLElement} */ (set.firstElementChild).textContent = name;
    for (const input of set.querySelectorAll("input")) {
      const end = input.name === "from" ? "from" : "to";
      /** @type {HTMLElement} */ (input.previousElementSibling).textContent = strings[end];
      const date = (range && !Array.isArray(range) && range[end]) || "";
      // An address may say 2023 and mean all of the year.
      input.value = date && date + (end === "from" ? "-01-01" : "-12-31").slice(date.length - 4);
      input.onchange = () => this.#choose(withRange(filters, field, end, input.value));
    }
    return set;
  }
}
