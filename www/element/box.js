/**
 * A box at work: joins what is typed, the session, the address and what is drawn of it all.
 *
 * @module
 */

import { combobox } from "./combobox.js";
import { onQuery } from "./composition.js";
import { setAttributes } from "./dom.js";
import { drawing } from "./drawing.js";
import { link } from "./link.js";
import { modal } from "./modal.js";
import { popup } from "./popup.js";
import { recentSearches } from "./recent.js";
import { rehearse } from "./rehearsal.js";
import { Session } from "./session.js";
import { results } from "./source.js";
import { ariaShortcuts, isShortcut, parseShortcuts, shortcutHint } from "./shortcut.js";
import { pickLanguage, stringsIn } from "./strings.js";
import { filled } from "./template.js";
import { nearest, schemeOf, watchSurroundings } from "./surroundings.js";
import { speak, view } from "./view.js";

/** @import { SuoyinSearch } from "../element.js" */
/** @import { DrawOptions } from "./drawing.js" */
/** @import { ResultsPage } from "./results.js" */
/** @import { Shown } from "./session.js" */
/** @import { Shortcut } from "./shortcut.js" */
/** @import { Strings } from "./strings.js" */

/** @typedef {ReturnType<typeof box>} Box */

/**
 * @param {SuoyinSearch} host
 * @param {ShadowRoot} root
 */
export function box(host, root) {
  const parts = view(host.variant === "modal" || host.variant === "page" ? host.variant : "inline");
  const { base, field, list, panel } = parts;
  const isPage = host.variant === "page";
  const session = new Session(
    () => {
      rehearse(base, options);
      return host.openAll();
    },
    changed,
    settings,
  );
  const recent = recentSearches(`suoyin.recent:${host.src}`);
  const draw = drawing(parts, () => refreshOptions());
  const refreshOptions = combobox(field, list, { follow, confirm, escape, isOpen: () => !panel.hidden });
  const composition = onQuery(field, typed);
  const dialog = parts.dialog && modal(parts.dialog, () => composition.active);
  const pop = dialog || isPage ? undefined : popup(base, panel, refreshOptions);
  let connection = new AbortController();
  /** What only some boxes have, once it is loaded. @type {ResultsPage | undefined} */
  let page;
  /** @type {Shortcut[]} */
  let shortcuts;
  /** @type {Strings} */
  let strings;
  /** How hits are drawn. @type {DrawOptions} */
  let options;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** Whether there was anything to see yet: storage answers slowly the first time. */
  let seen = isPage;

  session.onbusy = (busy) => (list.ariaBusy = base.dataset["busy"] = `${busy}`);
  listen();
  root.replaceChildren(base);
  speakAll();

  return {
    /** To be called when the element is put in a page. */
    connect() {
      const { signal } = (connection = new AbortController());
      signal.addEventListener("abort", watchSurroundings(speakAll));
      document.addEventListener("keydown", onKey, { signal });
      document.addEventListener("pointerdown", (event) => event.composedPath().includes(host) || pop?.close(), { signal });
      addEventListener("resize", () => pop?.place(), { signal });
      if (page) page.connect(signal);
      else if (host.matches("[variant=page],[history],[query-param]")) extend();
    },
    /** To be called when it is taken out. */
    disconnect() {
      connection.abort();
      clearTimeout(timer);
      close();
    },
    /** To be called when attributes have changed. */
    speak() {
      speakAll();
      extend();
    },
    load,
    open,
    close,
    search,
    focus: () => (dialog ? parts.opener : field).focus(),
    query: () => field.value,
  };

  /** Says everything in the language of the page, in its colours. */
  function speakAll() {
    const lang = nearest(host, "[lang]")?.getAttribute("lang") ?? "";
    const language = pickLanguage([lang, ...navigator.languages]);
    strings = { ...stringsIn(language), ...page?.strings(language), ...host.strings };
    shortcuts = parseShortcuts(host.shortcut);
    base.lang = lang;
    base.dataset["theme"] = schemeOf(host);
    field.placeholder = host.placeholder || strings.placeholder;
    setAttributes(dialog ? parts.opener : field, { "aria-keyshortcuts": ariaShortcuts(shortcuts) || undefined });
    speak(parts, strings, host.label || strings.search, shortcutHint(shortcuts[0]));
    redraw();
  }

  /** Loads engine and index ahead of the first key; should that fail, the first search tells. */
  function load() {
    session.opened().catch(() => {});
    extend();
  }

  /** Loads what goes beyond a box, for those that have any of it. */
  async function extend() {
    if (page || !host.matches("[variant=page],[history],[query-param],[facets],[sort],[paging]")) return;
    const { signal } = connection;
    try {
      const { resultsPage } = await results(host.src);
      if (page || signal.aborted) return;
      page = resultsPage(host, parts, session);
      speakAll();
      page.connect(signal, field.value, composition.active);
    } catch (error) {
      if (!signal.aborted) changed((session.state = { kind: "error", query: field.value, error }));
    }
  }

  function open() {
    dialog?.open();
    field.select();
    show(true);
  }

  function close() {
    dialog?.close();
    pop?.close();
  }

  /**
   * Searches for what did not come from the keyboard.
   *
   * @param {string} query
   */
  function search(query) {
    field.value = query;
    return ask(query, false);
  }

  function settings() {
    const fields = host.facets || (isPage ? "all" : "off");
    return {
      limit: host.maxResults || 10,
      sections: host.showSections,
      suggest: host.suggestions !== "off",
      ...(fields !== "off" && { facets: fields === "all" || fields.split(/\s+/) }),
    };
  }

  function listen() {
    const { form, cancel, opener, openerSlot, forget, more } = parts;
    form.onsubmit = (event) => event.preventDefault();
    form.onreset = () => {
      search("");
      field.focus();
    };
    cancel.onclick = close;
    // Before it comes to the boxes behind a dialog.
    base.onkeydown = onKey;
    openerSlot.onclick = open;
    openerSlot.onpointerenter = opener.onfocus = base.onpointerenter = load;
    field.onclick = () => show(true);
    field.onfocus = () => {
      show(true);
      // In a task of its own: that of the focus is often the one that has built the box.
      setTimeout(() => host.isConnected && load());
    };
    list.onclick = list.onauxclick = clicked;
    more.onclick = showMore;
    forget.onclick = () => {
      recent.clear();
      field.focus();
      show(true);
    };
    // Those on the panel's buttons; a dialog has its own.
    panel.onkeydown = ({ key }) => {
      if (!pop || key !== "Escape") return;
      field.focus();
      close();
    };
    base.addEventListener("focusout", ({ relatedTarget }) => {
      // A window that loses the focus has no other element that gets it.
      if (relatedTarget && !base.contains(/** @type {Node} */ (relatedTarget))) pop?.close();
    });
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (!isShortcut(event, shortcuts) || !host.checkVisibility()) return;
    event.preventDefault();
    if (dialog?.isOpen()) close();
    else open();
  }

  /**
   * @param {string} query
   * @param {boolean} provisional
   */
  function typed(query, provisional) {
    clearTimeout(timer);
    if (host.debounce && query) timer = setTimeout(() => ask(query, provisional), host.debounce);
    else ask(query, provisional);
  }

  /**
   * @param {string} query
   * @param {boolean} provisional
   */
  function ask(query, provisional) {
    clearTimeout(timer);
    if (query.trim()) host.tell("suoyin-search", { query });
    if (!provisional) page?.remember(false);
    return session.search(query, provisional);
  }

  /** A suggestion or a recent search. @param {string} query */
  function choose(query) {
    search(query);
    field.focus();
  }

  async function showMore() {
    const shown = list.querySelectorAll(".option:not(.section)").length;
    const focused = parts.more.matches(":focus");
    await session.more();
    if (focused) /** @type {HTMLElement | null} */ (list.querySelector(`#hit-${shown}`))?.focus({ preventScroll: true });
  }

  /** @param {Shown} state */
  function changed({ kind, query = "", results, error }) {
    show(field.matches(":focus"));
    if (kind === "loading") return;
    if (kind === "error") host.tell("suoyin-error", { query, error });
    else host.tell("suoyin-results", { query, total: results?.total ?? 0, related: results?.related ?? 0, results });
  }

  function redraw() {
    const { state } = session;
    const documents = new URL(host.baseUrl, document.baseURI).href;
    const query = state.kind === "results" ? state.corrected ?? state.query : "";
    const target = host.linkTarget || undefined;
    const template = /** @type {HTMLTemplateElement | null} */ (host.querySelector(":scope > template[slot=result]"));
    const linking = { base: documents, highlightParam: host.highlightParam, textFragment: host.textFragment !== "off" };
    options = {
      strings,
      link: (hit, section) => link(hit, section ?? hit.section, query, linking),
      base: documents,
      // The arrows lead through the options; on a page of links, Tab does as well.
      attributes: { target, rel: target && "noopener", tabindex: isPage ? undefined : -1 },
      render: (hit, link) => host.renderResult?.(hit, { query }) ?? (template && filled(template, hit, link)),
      recent: !seen || state.kind !== "start" || host.recent === "off" ? [] : recent.list(),
      ask: choose,
      retry() {
        extend();
        field.focus();
        session.retry();
      },
    };
    draw(state, options);
    page?.draw(state, strings);
    refreshOptions();
  }

  /** Shows what there is to see. @param {boolean} focused Whether the field has the focus. */
  function show(focused) {
    seen = true;
    redraw();
    if (session.state.kind === "start" && list.hidden && !parts.empty.assignedNodes().length) pop?.close();
    else if (focused) pop?.open();
  }

  /**
   * @param {HTMLElement} option
   * @param {boolean} newTab
   */
  function follow(option, newTab) {
    const link = linkOf(option);
    if (!newTab || !link) (link ?? option).click();
    else if (select(option)) window.open(link.href, "_blank", "noopener");
  }

  /** @param {MouseEvent} event */
  function clicked(event) {
    const option = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[role=option]"));
    if (!option || event.button > 1) return;
    const { query } = option.dataset;
    if (query) choose(query);
    else if (!select(option)) event.preventDefault();
    // The page may be one that changes without being left.
    else if (!event.button && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) close();
  }

  /** The option itself, or what the page has put into it. @param {HTMLElement} option */
  function linkOf(option) {
    return /** @type {HTMLAnchorElement | null} */ (option.closest("a[href]") ?? option.querySelector("a[href]"));
  }

  /**
   * Tells that a hit was chosen.
   *
   * @param {HTMLElement} option
   * @returns {boolean} Whether it may be followed.
   */
  function select(option) {
    const { state } = session;
    if (state.kind !== "results") return false;
    if (host.recent !== "off") recent.add(state.corrected ?? state.query);
    const rank = Number(option.dataset["hit"]);
    const url = linkOf(option)?.href;
    return host.tell("suoyin-select", { query: state.query, url, rank, hit: state.results.hits[rank] });
  }

  function confirm() {
    ask(field.value, false);
    show(true);
    // Puts the phone's keyboard away, which hides the results.
    if (matchMedia("(pointer: coarse)").matches) field.blur();
  }

  /** Closes what is found, and when that is closed, clears the field. */
  function escape() {
    if (dialog || pop?.isOpen()) close();
    else if (pop || session.state.kind === "start") search("");
    else session.clear();
  }
}
