/**
 * The attributes of the element as properties.
 *
 * @module
 */

/** Where there are no elements, as in Node, nothing is defined, but the module can be imported. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** Every attribute whose change is followed. */
export const OBSERVED = [
  "src", "variant", "placeholder", "label", "shortcut", "debounce", "max-results", "show-sections", "preload", "lang",
  "base-url", "highlight-param", "text-fragment", "link-target", "facets", "sort", "paging", "recent", "suggestions",
  "history", "query-param",
];

/** Properties that reflect attributes. */
export class Attributes extends Base {
  get src() { return this.#text("src"); }
  set src(value) { this.setAttribute("src", value); }

  /** @returns {"inline" | "modal" | "page"} */
  get variant() {
    const variant = this.#text("variant");
    return variant === "modal" || variant === "page" ? variant : "inline";
  }
  set variant(value) { this.setAttribute("variant", value); }

  get placeholder() { return this.#text("placeholder"); }
  set placeholder(value) { this.setAttribute("placeholder", value); }

  get label() { return this.#text("label"); }
  set label(value) { this.setAttribute("label", value); }

  get shortcut() { return this.getAttribute("shortcut") ?? "mod+k /"; }
  set shortcut(value) { this.setAttribute("shortcut", value); }

  get debounce() { return this.#number("debounce", 0); }
  set debounce(value) { this.setAttribute("debounce", String(value)); }

  get maxResults() { return this.#number("max-results", 10) || 10; }
  set maxResults(value) { this.setAttribute("max-results", String(value)); }

  get showSections() { return this.#number("show-sections", 3); }
  set showSections(value) { this.setAttribute("show-sections", String(value)); }

  get preload() { return this.hasAttribute("preload"); }
  set preload(value) { this.toggleAttribute("preload", value); }

  get baseUrl() { return this.#text("base-url"); }
  set baseUrl(value) { this.setAttribute("base-url", value); }

  get highlightParam() { return this.#text("highlight-param"); }
  set highlightParam(value) { this.setAttribute("highlight-param", value); }

  get textFragment() { return this.getAttribute("text-fragment") ?? "on"; }
  set textFragment(value) { this.setAttribute("text-fragment", value); }

  get linkTarget() { return this.#text("link-target"); }
  set linkTarget(value) { this.setAttribute("link-target", value); }

  get facets() { return this.getAttribute("facets") ?? (this.variant === "page" ? "all" : "off"); }
  set facets(value) { this.setAttribute("facets", value); }

  get sort() { return this.getAttribute("sort") ?? "date:desc date:asc"; }
  set sort(value) { this.setAttribute("sort", value); }

  /** @returns {"more" | "scroll" | "pages"} */
  get paging() {
    const paging = this.#text("paging");
    return paging === "scroll" || paging === "pages" ? paging : "more";
  }
  set paging(value) { this.setAttribute("paging", value); }

  get recent() { return this.getAttribute("recent") ?? "on"; }
  set recent(value) { this.setAttribute("recent", value); }

  get suggestions() { return this.getAttribute("suggestions") ?? "on"; }
  set suggestions(value) { this.setAttribute("suggestions", value); }

  /** @returns {"replace" | "push" | "off"} */
  get history() {
    const history = this.#text("history");
    if (history === "push" || history === "replace" || history === "off") return history;
    return this.variant === "page" || this.hasAttribute("query-param") ? "replace" : "off";
  }
  set history(value) { this.setAttribute("history", value); }

  get queryParam() { return this.getAttribute("query-param") || "q"; }
  set queryParam(value) { this.setAttribute("query-param", value); }

  /** @param {string} name */
  #text(name) {
    return this.getAttribute(name) ?? "";
  }

  /**
   * @param {string} name
   * @param {number} otherwise
   */
  #number(name, otherwise) {
    const value = Number.parseInt(this.getAttribute(name) ?? "", 10);
    return value >= 0 ? value : otherwise;
  }
}
