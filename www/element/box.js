/**
 * A box at work: joins what is typed, the session, the address and what is drawn of it all.
 *
 * @module
 */

import { readState, writeState } from "./address.js";
import { Combobox } from "./combobox.js";
import { onQuery } from "./composition.js";
import { Drawing } from "./drawing.js";
import { FilterPanel } from "./filters.js";
import { link } from "./link.js";
import { Modal } from "./modal.js";
import { Popup } from "./popup.js";
import { Recent } from "./recent.js";
import { fromTemplate } from "./render.js";
import { Session } from "./session.js";
import { ariaShortcuts, isShortcut, parseShortcuts, shortcutHint } from "./shortcut.js";
import { pickLanguage, STRINGS } from "./strings.js";
import { nearest, watchSurroundings } from "./surroundings.js";
import { speak, view } from "./view.js";

/** @import { SuoyinSearch } from "../element.js" */
/** @import { State } from "./session.js" */
/** @import { Strings } from "./strings.js" */

export class Box {
  #host;
  #view;
  #session;
  #combobox;
  #drawing;
  #recent;
  /** @type {Popup | Modal | undefined} */
  #window;
  #composing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #alive = new AbortController();
  /** @type {Strings} */
  #strings = STRINGS.en;
  /** @type {ReturnType<typeof parseShortcuts>} */
  #shortcuts = [];

  /**
   * @param {SuoyinSearch} host
   * @param {ShadowRoot} root
   */
  constructor(host, root) {
    this.#host = host;
    const v = (this.#view = view(host.variant));
    this.#session = new Session(() => host.openAll(), (state) => this.#changed(state), () => this.#settings());
    this.#recent = new Recent(`suoyin.recent:${host.src}`);
    const filters = new FilterPanel(v.filters, (chosen) => this.#refine({ filters: chosen }));
    this.#drawing = new Drawing(v, filters, {
      ask: (query) => this.#choose(query),
      retry: () => this.#session.retry(),
      more: () => this.#more(),
      page: (page) => this.#refine({ page }),
    });
    this.#combobox = new Combobox(v.field, v.list, {
      follow: (option, newTab) => this.#follow(option, newTab),
      confirm: () => this.#confirm(),
      escape: () => this.#escape(),
      isOpen: () => this.isOpen,
    });
    this.#composing = onQuery(v.field, (query, provisional) => this.#typed(query, provisional));
    if (v.dialog) this.#window = new Modal(v.dialog, () => this.#opened(), () => this.#composing.active);
    else if (host.variant === "inline") this.#window = new Popup(v.base, v.panel, () => this.#opened());
    this.#listen();
    root.replaceChildren(v.base);
    this.speak();
    this.#draw(this.#session.state);
  }

  /** Whether what is found can be seen. */
  get isOpen() {
    return this.#window?.isOpen ?? true;
  }

  /** To be called when the element is put in a page. */
  connect() {
    this.#alive = new AbortController();
    const { signal } = this.#alive;
    signal.addEventListener("abort", watchSurroundings(() => this.speak()));
    document.addEventListener("keydown", (event) => this.#onShortcut(event), { signal });
    if (this.#window instanceof Popup) {
      const popup = this.#window;
      globalThis.addEventListener("resize", () => popup.place(), { signal });
      document.addEventListener("pointerdown", (event) => {
        if (!event.composedPath().includes(this.#host)) popup.close();
      }, { signal });
    }
    if (this.#host.history !== "off") {
      globalThis.addEventListener("popstate", () => this.#restore(), { signal });
      this.#restore();
    }
  }

  /** To be called when it is taken out. */
  disconnect() {
    this.#alive.abort();
    clearTimeout(this.#timer);
    this.#window?.close();
  }

  /** Says everything in the language of the page, in its colours. */
  speak() {
    const host = this.#host;
    const { base } = this.#view;
    const language = pickLanguage([nearest(host, "lang"), ...navigator.languages]);
    this.#strings = { ...STRINGS[language], ...host.strings };
    this.#shortcuts = parseShortcuts(host.shortcut);
    base.lang = nearest(host, "lang") ?? language;
    base.dir = getComputedStyle(host).direction;
    base.dataset["theme"] = nearest(host, "data-theme") ?? "";
    speak(this.#view, this.#strings, {
      label: host.label || this.#strings.label,
      placeholder: host.placeholder || this.#strings.placeholder,
      hint: shortcutHint(this.#shortcuts[0]),
      shortcuts: ariaShortcuts(this.#shortcuts),
    });
    this.#drawing.forget();
    this.#draw(this.#session.state);
  }

  /** Loads engine and index ahead of the first key; should that fail, the first search tells. */
  load() {
    this.#session.opened().catch(() => {});
  }

  open() {
    if (this.#window instanceof Modal) this.#window.open();
    this.#view.field.focus();
    this.#show();
    if (this.#view.dialog) this.#view.field.select();
  }

  close() {
    this.#window?.close();
  }

  focus() {
    if (this.#view.dialog) this.#view.opener.focus();
    else this.#view.field.focus();
  }

  get query() {
    return this.#view.field.value;
  }

  /**
   * Searches for what did not come from the keyboard.
   *
   * @param {string} query
   */
  async search(query) {
    clearTimeout(this.#timer);
    this.#view.field.value = query;
    await this.#ask(query, false);
  }

  #settings() {
    const { maxResults, showSections, facets, suggestions } = this.#host;
    const fields = facets.split(/\s+/).filter(Boolean);
    return {
      limit: maxResults,
      sections: showSections,
      suggest: suggestions !== "off",
      ...(facets !== "off" && { facets: facets === "all" || fields.length === 0 ? /** @type {const} */ (true) : fields }),
    };
  }

  #listen() {
    const { form, field, clear, cancel, opener, openerSlot, list, order, forget, filterSwitch, filters, base } = this.#view;
    form.addEventListener("submit", (event) => event.preventDefault());
    // Presses on the edge of the field are meant for it.
    form.addEventListener("mousedown", (event) => {
      if (event.target === field || /** @type {Element} */ (event.target).closest("button")) return;
      event.preventDefault();
      field.focus();
    });
    clear.addEventListener("click", () => {
      this.search("");
      field.focus();
    });
    cancel.addEventListener("click", () => this.close());
    openerSlot.addEventListener("click", () => this.open());
    opener.addEventListener("pointerenter", () => this.load());
    for (const event of ["pointerenter", "focusin"]) base.addEventListener(event, () => this.load(), { once: true });
    field.addEventListener("focus", () => this.#show());
    field.addEventListener("click", () => this.#show());
    for (const event of ["click", "auxclick"]) {
      list.addEventListener(event, (clicked) => this.#clicked(/** @type {MouseEvent} */ (clicked)));
    }
    order.addEventListener("change", () => this.#refine({ sort: order.value || null }));
    filterSwitch.addEventListener("click", () => {
      const open = filters.toggleAttribute("data-open");
      filterSwitch.setAttribute("aria-expanded", String(open));
    });
    forget.addEventListener("click", () => {
      this.#recent.clear();
      this.#draw(this.#session.state);
      field.focus();
    });
    base.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(this.#window instanceof Popup) || base.contains(/** @type {Node | null} */ (relatedTarget))) return;
      // The window that loses the focus has no other element that gets it.
      if (relatedTarget || document.hasFocus()) this.#window.close();
    });
  }

  /** @param {KeyboardEvent} event */
  #onShortcut(event) {
    if (!isShortcut(event, this.#shortcuts) || this.#host.checkVisibility?.() === false) return;
    event.preventDefault();
    if (this.#window instanceof Modal && this.isOpen) return this.close();
    this.open();
    this.#view.field.select();
  }

  /**
   * @param {string} query
   * @param {boolean} provisional
   */
  #typed(query, provisional) {
    clearTimeout(this.#timer);
    const { debounce } = this.#host;
    const ask = () => this.#ask(query, provisional);
    if (debounce > 0 && query !== "") this.#timer = setTimeout(ask, debounce);
    else ask();
  }

  /**
   * @param {string} query
   * @param {boolean} provisional
   */
  async #ask(query, provisional) {
    if (query.trim() !== "") this.#host.tell("suoyin-search", { query });
    if (!provisional) this.#remember("replace");
    await this.#session.search(query, provisional);
  }

  /** A suggestion or a recent search. @param {string} query */
  #choose(query) {
    this.#recent.add(query);
    this.search(query);
    this.#view.field.focus();
    this.#combobox.refresh();
  }

  /** @param {{ filters?: import("./session.js").Filters, sort?: string | null, page?: number }} change */
  #refine({ filters = this.#session.filters, sort = this.#session.sort, page = 0 }) {
    const turned = page !== 0 || this.#session.page !== 0;
    this.#session.filters = filters;
    this.#session.sort = sort;
    this.#session.search(this.query, false, page);
    this.#remember("push", page);
    if (turned) this.#view.base.scrollIntoView({ block: "start" });
  }

  async #more() {
    const { list } = this.#view;
    const shown = list.querySelectorAll(".hit:not(.part)").length;
    const focused = this.#view.more.matches(":focus");
    await this.#session.more();
    if (focused) /** @type {HTMLElement | null} */ (list.querySelector(`#hit-${shown}`))?.focus({ preventScroll: true });
  }

  /** @param {State} state */
  #changed(state) {
    this.#draw(state);
    if (this.#window instanceof Popup) {
      if (!this.#hasMatter()) this.#window.close();
      else if (this.#view.field.matches(":focus")) this.#window.open();
    }
    if (state.kind === "start") {
      this.#host.tell("suoyin-results", { query: "", total: 0, related: 0, results: undefined });
    } else if (state.kind === "results") {
      const { query, results } = state;
      this.#host.tell("suoyin-results", { query, total: results.total, related: results.related, results });
    } else if (state.kind === "none") {
      this.#host.tell("suoyin-results", { query: state.query, total: 0, related: 0, results: undefined });
    } else if (state.kind === "error") {
      this.#host.tell("suoyin-error", { query: state.query, error: state.error });
    }
  }

  /** @param {State} state */
  #draw(state) {
    const host = this.#host;
    const template = host.querySelector('template[slot="result"]');
    const base = new URL(host.baseUrl, document.baseURI).href;
    const query = state.kind === "results" ? state.corrected ?? state.query : "";
    const linking = { base, highlightParam: host.highlightParam, textFragment: host.textFragment !== "off" };
    this.#drawing.draw(state, {
      strings: this.#strings,
      link: (hit, section) => link(hit, section ?? hit.section, query, linking),
      base,
      target: host.linkTarget || undefined,
      tabbable: host.variant === "page",
      render: (hit) =>
        host.renderResult?.(hit, { query }) ??
        (template instanceof HTMLTemplateElement ? fromTemplate(template, hit, base) : undefined),
      recent: host.recent === "off" ? [] : this.#recent.list(),
      filters: this.#session.filters,
      sort: this.#session.sort,
      orders: host.sort.split(/\s+/).filter((order) => order && order !== "off"),
      fields: host.variant === "page" || host.hasAttribute("sort") ? this.#session.fields : [],
      paging: host.paging,
    });
    this.#combobox.refresh();
  }

  /** Shows what there is to see, as the field has the focus. */
  #show() {
    this.#draw(this.#session.state);
    if (this.#window instanceof Popup && this.#hasMatter()) this.#window.open();
  }

  /** Whether the panel has anything in it. */
  #hasMatter() {
    const { list, empty } = this.#view;
    return this.#session.state.kind !== "start" || !list.hidden || empty.assignedNodes().length > 0;
  }

  #opened() {
    this.#view.base.toggleAttribute("data-open", this.isOpen);
    this.#draw(this.#session.state);
  }

  /**
   * @param {HTMLElement} option
   * @param {boolean} newTab
   */
  #follow(option, newTab) {
    if (!newTab || !(option instanceof HTMLAnchorElement)) return option.click();
    if (this.#select(option)) window.open(option.href, "_blank", "noopener");
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const option = /** @type {Element} */ (event.target).closest("[role=option]");
    if (!(option instanceof HTMLElement) || event.button > 1) return;
    const query = option.dataset["query"];
    if (query !== undefined) return this.#choose(query);
    if (!this.#select(option)) return event.preventDefault();
    const stays = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    // The page may be one that changes without being left.
    if (!stays && option instanceof HTMLAnchorElement) this.close();
  }

  /**
   * Tells that a hit was chosen.
   *
   * @param {HTMLElement} option
   * @returns {boolean} Whether it may be followed.
   */
  #select(option) {
    const { state } = this.#session;
    if (state.kind !== "results") return false;
    const rank = Number(option.dataset["hit"]);
    const hit = state.results.hits[rank];
    if (this.#host.recent !== "off") this.#recent.add(state.corrected ?? state.query);
    const url = option instanceof HTMLAnchorElement ? option.href : undefined;
    return this.#host.tell("suoyin-select", { query: state.query, url, rank, hit });
  }

  #confirm() {
    clearTimeout(this.#timer);
    this.#ask(this.query, false);
    this.#show();
    // Puts the phone's keyboard away, which hides the results.
    if (matchMedia("(pointer: coarse)").matches) this.#view.field.blur();
  }

  /** Closes what is found, and when that is closed, clears the field. */
  #escape() {
    if (this.#window instanceof Modal) return this.close();
    if (this.#window?.isOpen) return this.close();
    if (this.#window || this.#session.state.kind === "start") this.search("");
    else this.#session.clear();
  }

  /** Takes the state from the address. */
  #restore() {
    const { queryParam } = this.#host;
    const { query, filters, sort, page } = readState(location.search, queryParam);
    this.#session.filters = filters;
    this.#session.sort = sort;
    if (!query && !this.query) return;
    this.#view.field.value = query;
    this.#session.search(query, false, page);
  }

  /**
   * Keeps the address shareable, and the history meaningful.
   *
   * @param {"push" | "replace"} how
   * @param {number} [page]
   */
  #remember(how, page = 0) {
    const { history: mode, queryParam } = this.#host;
    if (mode === "off") return;
    const { filters, sort } = this.#session;
    const href = writeState(location.href, queryParam, { query: this.query, filters, sort, page });
    if (href === location.href) return;
    try {
      if (how === "push" || mode === "push") history.pushState(history.state, "", href);
      else history.replaceState(history.state, "", href);
    } catch {
      // Safari allows a hundred changes in half a minute; the next one will do.
    }
  }
}
