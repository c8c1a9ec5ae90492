/**
 * The attributes of the element as properties.
 *
 * @module
 */

/**
 * @typedef {object} Reflected
 * @property {string} src
 * @property {"inline" | "modal" | "page"} variant
 * @property {string} placeholder
 * @property {string} label
 * @property {string} shortcut
 * @property {number} debounce
 * @property {number} maxResults
 * @property {number} showSections
 * @property {boolean} preload
 * @property {string} baseUrl
 * @property {string} highlightParam
 * @property {"on" | "off"} textFragment
 * @property {string} linkTarget
 * @property {string} facets
 * @property {string} sort
 * @property {"more" | "scroll" | "pages"} paging
 * @property {"on" | "off"} recent
 * @property {"on" | "off"} suggestions
 * @property {"replace" | "push" | "off"} history
 * @property {string} queryParam
 */

/** What each attribute is without being set; its type is that of the property. @type {Record<string, string | number | boolean>} */
const DEFAULTS = {
  src: "",
  variant: "inline",
  placeholder: "",
  label: "",
  shortcut: "mod+k /",
  debounce: 0,
  "max-results": 10,
  "show-sections": 3,
  preload: false,
  "base-url": "",
  "highlight-param": "",
  "text-fragment": "on",
  "link-target": "",
  facets: "",
  sort: "date:desc date:asc",
  paging: "more",
  recent: "on",
  suggestions: "on",
  history: "",
  "query-param": "q",
};

/** Every attribute whose change is followed. */
export const OBSERVED = [...Object.keys(DEFAULTS), "lang"];

/** Where there are no elements, as in Node, nothing is defined, but the module can be imported. */
export const Reflecting = /** @type {new () => HTMLElement & Reflected} */ (
  /** @type {unknown} */ (class extends (globalThis.HTMLElement ?? Object) {})
);

for (const [name, otherwise] of Object.entries(DEFAULTS)) {
  Object.defineProperty(Reflecting.prototype, name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()), {
    /** @this {HTMLElement} */
    get() {
      const value = this.getAttribute(name);
      if (otherwise === false) return value !== null;
      if (typeof otherwise !== "number") return value ?? otherwise;
      const number = parseFloat(value ?? "");
      return number >= 0 ? number : otherwise;
    },
    /** @this {HTMLElement} @param {string | number | boolean} value */
    set(value) {
      if (otherwise === false) this.toggleAttribute(name, Boolean(value));
      else this.setAttribute(name, `${value}`);
    },
  });
}
