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
/** @import { Filters, State } from "./session.js" */
/** @import { Strings } from "./strings.js" */

export class Box {
  #host;
  #view;
  #session;
  #combobox;
  #drawing;
  #recent;
  #composition;
  /** @type {Popup | undefined} */
  #popup;
  /** @type {Modal | undefined} */
  #modal;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #connection = new AbortController();
  /** @type {Strings} */
  #strings = STRINGS.en;
  #shortcuts = parseShortcuts("");

  /**
   * @param {SuoyinSearch} host
   * @param {ShadowRoot} root
   */
  constructor(host, root) {
    this.#host = host;
    const v = (this.#view = view(host.variant === "modal" || host.variant === "page" ? host.variant : "inline"));
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
      isOpen: () => !v.panel.hidden,
    });
    this.#composition = onQuery(v.field, (query, provisional) => this.#typed(query, provisional));
    if (v.dialog) this.#modal = new Modal(v.dialog, () => this.#draw(), () => this.#composition.active);
    else if (host.variant !== "page") this.#popup = new Popup(v.base, v.panel, () => this.#combobox.refresh());
    this.#listen();
    root.replaceChildren(v.base);
    this.speak();
  }

  /** To be called when the element is put in a page. */
  connect() {
    const { signal } = (this.#connection = new AbortController());
    signal.addEventListener("abort", watchSurroundings(() => this.speak()));
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    document.addEventListener("pointerdown", (event) => {
      if (!event.composedPath().includes(this.#host)) this.#popup?.close();
    }, { signal });
    addEventListener("resize", () => this.#popup?.place(), { signal });
    if (!this.#addressed) return;
    addEventListener("popstate", () => this.#restore(), { signal });
    this.#restore();
  }

  /** To be called when it is taken out. */
  disconnect() {
    this.#connection.abort();
    clearTimeout(this.#timer);
    this.close();
  }

  /** Says everything in the language of the page, in its colours. */
  speak() {
    const host = this.#host;
    const { base } = this.#view;
    const lang = nearest(host, "lang");
    this.#strings = { ...STRINGS[pickLanguage([lang, ...navigator.languages])], ...host.strings };
    this.#shortcuts = parseShortcuts(host.shortcut);
    base.lang = lang ?? "";
    base.dir = getComputedStyle(host).direction;
    base.dataset["theme"] = nearest(host, "data-theme") ?? "";
    speak(this.#view, this.#strings, {
      label: host.label || this.#strings.search,
      placeholder: host.placeholder || this.#strings.placeholder,
      hint: shortcutHint(this.#shortcuts[0]),
      shortcuts: ariaShortcuts(this.#shortcuts) || undefined,
    });
    this.#drawing.forget();
    this.#draw();
  }

  /** Loads engine and index ahead of the first key; should that fail, the first search tells. */
  load() {
    this.#session.opened().catch(() => {});
  }

  open() {
    this.#modal?.open();
    this.#view.field.select();
    this.#show();
  }

  close() {
    this.#modal?.close();
    this.#popup?.close();
  }

  focus() {
    (this.#modal ? this.#view.opener : this.#view.field).focus();
  }

  get query() {
    return this.#view.field.value;
  }

  /**
   * Searches for what did not come from the keyboard.
   *
   * @param {string} query
   */
  search(query) {
    this.#view.field.value = query;
    return this.#ask(query, false);
  }

  /** Whether the query is kept in the page's address. */
  get #addressed() {
    const { history, variant } = this.#host;
    return history ? history !== "off" : variant === "page" || this.#host.hasAttribute("query-param");
  }

  #settings() {
    const { maxResults, showSections, facets, suggestions, variant } = this.#host;
    const fields = facets || (variant === "page" ? "all" : "off");
    return {
      limit: maxResults || 10,
      sections: showSections,
      suggest: suggestions !== "off",
      ...(fields !== "off" && { facets: fields === "all" || fields.split(/\s+/) }),
    };
  }

  #listen() {
    const { form, field, cancel, opener, openerSlot, list, order, forget, filterSwitch, filters, base } = this.#view;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      this.search("");
      field.focus();
    });
    cancel.onclick = () => this.close();
    openerSlot.onclick = () => this.open();
    openerSlot.onpointerenter = opener.onfocus = base.onpointerenter = () => this.load();
    field.onfocus = () => {
      this.load();
      this.#show();
    };
    field.onclick = () => this.#show();
    list.onclick = list.onauxclick = (event) => this.#clicked(event);
    order.onchange = () => this.#refine({ sort: order.value || null });
    filterSwitch.onclick = () => {
      filterSwitch.setAttribute("aria-expanded", String(filters.toggleAttribute("data-open")));
    };
    forget.onclick = () => {
      this.#recent.clear();
      this.#show();
    };
    base.addEventListener("focusout", ({ relatedTarget }) => {
      // A window that loses the focus has no other element that gets it.
      if (relatedTarget && !base.contains(/** @type {Node} */ (relatedTarget))) this.#popup?.close();
    });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (!isShortcut(event, this.#shortcuts) || this.#host.checkVisibility?.() === false) return;
    event.preventDefault();
    if (this.#modal?.isOpen) this.close();
    else this.open();
  }

  /**
   * @param {string} query
   * @param {boolean} provisional
   */
  #typed(query, provisional) {
    clearTimeout(this.#timer);
    const { debounce } = this.#host;
    if (debounce && query) this.#timer = setTimeout(() => this.#ask(query, provisional), debounce);
    else this.#ask(query, provisional);
  }

  /**
   * @param {string} query
   * @param {boolean} provisional
   */
  #ask(query, provisional) {
    clearTimeout(this.#timer);
    if (query.trim()) this.#host.tell("suoyin-search", { query });
    if (!provisional) this.#remember(false);
    return this.#session.search(query, provisional);
  }

  /** A suggestion or a recent search. @param {string} query */
  #choose(query) {
    this.search(query);
    this.#view.field.focus();
  }

  /** @param {{ filters?: Filters, sort?: string | null, page?: number }} change */
  #refine({ filters = this.#session.filters, sort = this.#session.sort, page = 0 }) {
    const turned = page !== this.#session.page;
    Object.assign(this.#session, { filters, sort });
    this.#session.search(this.query, false, page);
    this.#remember(true, page);
    if (turned) this.#view.base.scrollIntoView();
  }

  async #more() {
    const { list, more } = this.#view;
    const shown = list.querySelectorAll(".option:not(.section)").length;
    const focused = more.matches(":focus");
    await this.#session.more();
    if (focused) /** @type {HTMLElement | null} */ (list.querySelector(`#hit-${shown}`))?.focus({ preventScroll: true });
  }

  /** @param {State} state */
  #changed(state) {
    this.#draw();
    if (!this.#hasMatter) this.#popup?.close();
    else if (this.#view.field.matches(":focus")) this.#popup?.open();
    if (state.kind === "loading") return;
    const query = "query" in state ? state.query : "";
    if (state.kind === "error") this.#host.tell("suoyin-error", { query, error: state.error });
    else {
      const results = state.kind === "results" ? state.results : undefined;
      this.#host.tell("suoyin-results", { query, total: results?.total ?? 0, related: results?.related ?? 0, results });
    }
  }

  #draw() {
    const host = this.#host;
    const { state, filters, sort, fields } = this.#session;
    const template = host.querySelector('template[slot="result"]');
    const base = new URL(host.baseUrl, document.baseURI).href;
    const query = state.kind === "results" ? state.corrected ?? state.query : "";
    const page = host.variant === "page";
    const target = host.linkTarget || undefined;
    this.#drawing.draw(state, {
      strings: this.#strings,
      link: (hit, section) => link(hit, section ?? hit.section, query, {
        base,
        highlightParam: host.highlightParam,
        textFragment: host.textFragment !== "off",
      }),
      base,
      // The arrows lead through the options; on a page of links, Tab does as well.
      attributes: { target, rel: target && "noopener", tabindex: page ? undefined : -1 },
      render: (hit) =>
        host.renderResult?.(hit, { query }) ??
        (template instanceof HTMLTemplateElement ? fromTemplate(template, hit, base) : undefined),
      recent: host.recent === "off" ? [] : this.#recent.list(),
      filters,
      sort,
      orders: page || host.hasAttribute("sort")
        ? host.sort.split(/\s+/).filter((order) => fields.includes(order.split(":")[0] ?? ""))
        : [],
      paging: host.paging,
    });
    this.#combobox.refresh();
  }

  /** Shows what there is to see, as the field has the focus. */
  #show() {
    this.#draw();
    if (this.#hasMatter) this.#popup?.open();
    else this.#popup?.close();
  }

  /** Whether the panel has anything in it. */
  get #hasMatter() {
    const { list, empty } = this.#view;
    return this.#session.state.kind !== "start" || !list.hidden || empty.assignedNodes().length > 0;
  }

  /**
   * @param {HTMLElement} option
   * @param {boolean} newTab
   */
  #follow(option, newTab) {
    if (!newTab || !(option instanceof HTMLAnchorElement)) option.click();
    else if (this.#select(option)) window.open(option.href, "_blank", "noopener");
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const option = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[role=option]"));
    if (!option || event.button > 1) return;
    const { query } = option.dataset;
    if (query) return this.#choose(query);
    if (!this.#select(option)) event.preventDefault();
    // The page may be one that changes without being left.
    else if (!event.button && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) this.close();
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
    if (this.#host.recent !== "off") this.#recent.add(state.corrected ?? state.query);
    const rank = Number(option.dataset["hit"]);
    const url = option instanceof HTMLAnchorElement ? option.href : undefined;
    return this.#host.tell("suoyin-select", { query: state.query, url, rank, hit: state.results.hits[rank] });
  }

  #confirm() {
    this.#ask(this.query, false);
    this.#show();
    // Puts the phone's keyboard away, which hides the results.
    if (matchMedia("(pointer: coarse)").matches) this.#view.field.blur();
  }

  /** Closes what is found, and when that is closed, clears the field. */
  #escape() {
    if (this.#modal || this.#popup?.isOpen) this.close();
    else if (this.#popup || this.#session.state.kind === "start") this.search("");
    else this.#session.clear();
  }

  /** Takes the state from the address. */
  #restore() {
    const { query, filters, sort, page } = readState(location.search, this.#host.queryParam);
    Object.assign(this.#session, { filters, sort });
    this.#view.field.value = query;
    this.#session.search(query, false, page);
  }

  /**
   * Keeps the address shareable, and the history meaningful.
   *
   * @param {boolean} step Whether to return here is a step of its own.
   * @param {number} [page]
   */
  #remember(step, page = 0) {
    if (!this.#addressed) return;
    const { filters, sort } = this.#session;
    const { history: mode, queryParam } = this.#host;
    const href = writeState(location.href, queryParam, { query: this.query, filters, sort, page });
    if (href === location.href) return;
    try {
      history[step || mode === "push" ? "pushState" : "replaceState"](history.state, "", href);
    } catch {
      // Safari allows a hundred changes in half a minute; the next one will do.
    }
  }
}
