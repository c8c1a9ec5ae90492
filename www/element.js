/**
 * `<suoyin-search>`: a search box over an index that `suoyin build` wrote.
 *
 *     <script type="module" src="/suoyin/element.js"></script>
 *     <suoyin-search src="/search/"></suoyin-search>
 *
 * Nothing but this is loaded until somebody is about to search.
 *
 * @module
 */

import { OBSERVED, Reflecting } from "./element/attributes.js";
import { box } from "./element/box.js";
import { home, openSource, results } from "./element/source.js";
import { styleSheet } from "./element/style.js";

/** @import { Box } from "./element/box.js" */
/** @import { AnyIndex, FoundHit } from "./element/session.js" */
/** @import { Strings } from "./element/strings.js" */

/**
 * A search box: as a field with its results below, as a button that opens a dialog, or as a page of
 * results.
 *
 * Its children are shown where there is no JavaScript: put a form there that leads to another
 * search. What somebody typed into it before the element was there is searched for.
 *
 * @element suoyin-search
 *
 * @attr {string} src - Where the index lies: a folder that `suoyin build` wrote, ending in `/`, or the
 *   `suoyin.js`, `suoyin.wasm` or `suoyin.root` in it. Several, with spaces between them, are searched
 *   together. Without it, the folder of `suoyin-search.js`.
 * @attr {"inline" | "modal" | "page"} [variant=inline] - A field with a panel below; a button that
 *   opens a dialog; or a page of results, with filters and its state in the address.
 * @attr {string} placeholder - What the empty field says.
 * @attr {string} label - The name of the field for screen readers.
 * @attr {string} [shortcut=mod+k /] - Shortcuts that lead to the box, with spaces between them; `mod`
 *   is the command key on Apple's platforms and Ctrl elsewhere. `off` for none.
 * @attr {number} [debounce=0] - Milliseconds to wait after a key before searching.
 * @attr {number} [max-results=10] - Hits shown at once, and again for each "more".
 * @attr {number} [show-sections=3] - At most so many sections of a page as results of their own; 0 for
 *   none.
 * @attr {boolean} autofocus - Takes the focus when the page is loaded, which loads the index.
 * @attr {boolean} preload - Loads engine and index at once, not only on focus or hover.
 * @attr {string} lang - The language of the box; without it, that of the nearest element that has one.
 *   Known are zh-Hans, zh-Hant, en, ja and ko.
 * @attr {string} base-url - What relative addresses of documents are relative to; the page, by default.
 * @attr {string} highlight-param - Adds a parameter of this name with the query to the links, for
 *   `suoyin-highlight.js` on the pages they lead to.
 * @attr {"on" | "off"} [text-fragment=on] - Whether links without an anchor or such a parameter ask the
 *   browser to look for the passage (`#:~:text=`).
 * @attr {string} link-target - The `target` of the links, such as `_blank`.
 * @attr {string} facets - Fields to filter on, with spaces between them; `all` is the default of the
 *   results page, `off` of the others.
 * @attr {string} [sort=date:desc date:asc] - Orders to choose from, beside relevance.
 * @attr {"more" | "scroll" | "pages"} [paging=more] - How further hits come: by a button, by scrolling,
 *   or page by page.
 * @attr {"on" | "off"} [recent=on] - Whether recent searches are kept in the visitor's browser.
 * @attr {"on" | "off"} [suggestions=on] - Whether to suggest queries, where the index has data for it.
 * @attr {"replace" | "push" | "off"} history - Whether the query is kept in the page's address, and
 *   whether each gets an entry in the history; `replace` on the results page, `off` elsewhere.
 * @attr {string} [query-param=q] - The query's parameter in the address; given, it is kept there.
 *
 * @prop {Partial<Strings>} strings - What the box says, where it shall say something else.
 * @prop {{ src: string, label: string }[] | undefined} sources - Several indexes with labels for their
 *   groups of results, instead of `src`.
 * @prop {(() => Promise<AnyIndex>) | undefined} openIndex - Opens the index in the page's own way,
 *   instead of `src`.
 * @prop {((hit: FoundHit, context: { query: string }) => Node | string | undefined) | undefined} renderResult -
 *   Draws a hit in the page's own way; where it gives nothing, the usual one is drawn.
 * @prop {string} value - What stands in the field.
 *
 * @fires {CustomEvent<{ query: string }>} suoyin-search - A search begins.
 * @fires {CustomEvent<{ query: string, total: number, related: number, results: object | undefined }>} suoyin-results -
 *   What was found is shown.
 * @fires {CustomEvent<{ query: string, url: string | undefined, rank: number, hit: FoundHit }>} suoyin-select -
 *   A hit was chosen, `rank` from 0. Where this is cancelled, the link is not followed.
 * @fires {CustomEvent<{ query: string, error: unknown }>} suoyin-error - The search failed.
 *
 * @slot result - A `<template>` that hits are drawn by: `data-text` names what an element shows, `title`,
 *   `snippet`, `section`, `url` or a field of the metadata; `<a data-href>` gets the address of the hit.
 * @slot button - A button of your own that opens the dialog.
 * @slot empty - Shown before anything is typed.
 * @slot none - Shown where nothing is found.
 * @slot footer - Below the results.
 *
 * @csspart base - All of it; also `inline`, `modal` or `page`.
 * @csspart button - The button that opens the dialog.
 * @csspart shortcut - The hint of the shortcut.
 * @csspart dialog - The dialog.
 * @csspart form - What holds the field.
 * @csspart field - The frame of the field.
 * @csspart input - The field.
 * @csspart clear - The button that clears the field.
 * @csspart cancel - The button that closes the dialog on a phone.
 * @csspart panel - What holds everything that was found.
 * @csspart suggestions - The row of suggestions.
 * @csspart suggestion - One of them.
 * @csspart about - The line of counts.
 * @csspart summary - The counts.
 * @csspart note - Which words were searched for as well, and what failed.
 * @csspart filter-switch - The button that shows the filters where there is little room.
 * @csspart sort - The choice of the order.
 * @csspart filters - The filters.
 * @csspart filter - Those of one field.
 * @csspart date - The field of a date.
 * @csspart results - The list.
 * @csspart group - A group of hits.
 * @csspart heading - The heading of one.
 * @csspart option - A hit, a section or a recent search.
 * @csspart section - A section.
 * @csspart recent - A recent search.
 * @csspart title - The title of a hit or a section.
 * @csspart path - The section that a hit leads to.
 * @csspart snippet - The passage.
 * @csspart meta - Date, source and address.
 * @csspart image - The picture of a hit.
 * @csspart notice - Advice, or what failed.
 * @csspart retry - The button that tries again.
 * @csspart more - The button that shows more.
 * @csspart pages - The page numbers.
 * @csspart push - Every button but those in the field and the one that opens the dialog.
 * @csspart plain - The button that forgets the recent searches.
 * @csspart footer - The line at the foot.
 * @csspart keys - The hint of the keys in it.
 *
 * @cssprop --suoyin-accent - Colour of links and of what is in focus.
 * @cssprop --suoyin-background - Colour of field, panel and dialog.
 * @cssprop --suoyin-page - Colour behind the results page.
 * @cssprop --suoyin-text - Colour of text.
 * @cssprop --suoyin-text-soft - Colour of passages.
 * @cssprop --suoyin-text-faint - Colour of what is said aside.
 * @cssprop --suoyin-border - Colour of rules.
 * @cssprop --suoyin-border-strong - Colour of the edges of fields and buttons.
 * @cssprop --suoyin-selected - Colour behind the chosen hit.
 * @cssprop --suoyin-mark - Colour behind what was searched for.
 * @cssprop --suoyin-mark-text - Colour of it.
 * @cssprop --suoyin-shadow - Shadow of panel and dialog.
 * @cssprop --suoyin-radius - How round the corners are.
 * @cssprop --suoyin-font - Typefaces.
 * @cssprop --suoyin-font-size - Size of text.
 * @cssprop --suoyin-field-height - Height of the field.
 * @cssprop --suoyin-width - Width of the dialog.
 * @cssprop --suoyin-top - Where the field of the results page stops when the page scrolls.
 * @cssprop --suoyin-z-index - Layer of the panel.
 */
export class SuoyinSearch extends Reflecting {
  static observedAttributes = OBSERVED;

  /** @type {Partial<Strings>} */
  #strings = {};
  /** @type {{ src: string, label: string }[] | undefined} */
  #sources;
  /** @type {(() => Promise<AnyIndex>) | undefined} */
  #openIndex;
  /** @type {((hit: FoundHit, context: { query: string }) => Node | string | undefined) | undefined} */
  #renderResult;
  /** @type {Box | undefined} */
  #box;
  /** What a change of attributes asks for, in a moment. @type {"build" | "speak" | undefined} */
  #due;

  get strings() {
    return this.#strings;
  }
  set strings(strings) {
    this.#strings = strings;
    this.#follow("speak");
  }

  get sources() {
    return this.#sources;
  }
  set sources(sources) {
    this.#sources = sources;
    this.#follow("build");
  }

  get openIndex() {
    return this.#openIndex;
  }
  set openIndex(open) {
    this.#openIndex = open;
    this.#follow("build");
  }

  get renderResult() {
    return this.#renderResult;
  }
  set renderResult(render) {
    this.#renderResult = render;
    this.#follow("speak");
  }

  get value() {
    return this.#box?.query() ?? "";
  }

  /** Opens panel or dialog, and puts the focus into the field. */
  open() {
    this.#box?.open();
  }

  /** Closes it. */
  close() {
    this.#box?.close();
  }

  /**
   * Searches, as if the query had been typed; opens panel or dialog.
   *
   * @param {string} query
   * @returns {Promise<void>} Fulfilled when the answer is shown.
   */
  async search(query) {
    if (this.variant !== "page") this.open();
    await this.#box?.search(String(query));
  }

  /** @override */
  focus() {
    this.#box?.focus();
  }

  /** @internal */
  connectedCallback() {
    this.#upgrade();
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [styleSheet()];
    if (this.#box) this.#box.connect();
    else this.#build();
  }

  /** @internal */
  disconnectedCallback() {
    this.#box?.disconnect();
  }

  /**
   * @internal
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (before !== now) this.#follow(name === "variant" || name === "src" ? "build" : "speak");
  }

  /**
   * Follows changes, once for all that come together.
   *
   * @param {"build" | "speak"} due
   */
  #follow(due) {
    if (!this.#box) return;
    if (!this.#due) {
      queueMicrotask(() => {
        const build = this.#due === "build";
        this.#due = undefined;
        if (build) this.#build();
        else this.#box?.speak();
      });
    }
    if (this.#due !== "build") this.#due = due;
  }

  /**
   * Opens all of its indexes.
   *
   * @internal
   * @returns {Promise<AnyIndex>}
   */
  async openAll() {
    // The page's script may be about to set it.
    await undefined;
    if (this.openIndex) return this.openIndex();
    const sources = this.sources ?? this.src.split(/\s+/).filter(Boolean).map((src) => ({ src }));
    const [only] = sources;
    if (sources.length > 1) {
      const opening = sources.map((source) => ({ ...source, index: openSource(source.src) }));
      const { federated } = await results(only?.src ?? "");
      return federated(opening, (error) => this.tell("suoyin-error", { query: this.value, error }));
    }
    const src = only?.src ?? home();
    if (src) return openSource(src);
    throw Object.assign(new Error("<suoyin-search> has no src"), { code: "bad-options" });
  }

  /**
   * Tells of something.
   *
   * @internal
   * @param {string} type
   * @param {object} detail
   * @returns {boolean} Whether nobody has cancelled it.
   */
  tell(type, detail) {
    return this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable: type === "suoyin-select", detail }));
  }

  #build() {
    const first = !this.#box;
    const typed = first ? this.querySelector("input") : undefined;
    const { activeElement } = document;
    const held = this.#box?.query() ?? typed?.value ?? "";
    // The place to go on typing, in a box that is built anew too.
    const focused = activeElement !== null && activeElement === (first ? typed : this);
    this.#box?.disconnect();
    const made = (this.#box = box(this, /** @type {ShadowRoot} */ (this.shadowRoot)));
    made.connect();
    // What was typed before the element was there is not lost.
    if (focused || (first && this.autofocus)) made.focus();
    if (held) made.search(held);
    if (this.preload) made.load();
  }

  /** What was set before the element was defined went past the accessors. */
  #upgrade() {
    const own = /** @type {any} */ (this);
    for (const name of Object.keys(this)) {
      if (!(name in SuoyinSearch.prototype)) continue;
      const value = own[name];
      delete own[name];
      own[name] = value;
    }
  }
}

globalThis.customElements?.define("suoyin-search", SuoyinSearch);
