/**
 * What a page of results has beyond a box: filters, orders, pages, and its state in the address. Boxes
 * load this module, which has several indexes in it as well, when they need any of it.
 *
 * @module
 */

import { readState, writeState } from "./address.js";
import { make, setAttributes } from "./dom.js";
import { drawFilters } from "./filters.js";
import { push } from "./render.js";
import { resultsStrings } from "./results-strings.js";
import { resultsSheet } from "./results-style.js";

/** @import { SuoyinSearch } from "../element.js" */
/** @import { Facets, Filters, Session, State } from "./session.js" */
/** @import { Strings } from "./strings.js" */
/** @import { View } from "./view.js" */

export { federated } from "./federated.js";

/** @typedef {ReturnType<typeof resultsPage>} ResultsPage */

/**
 * @param {SuoyinSearch} host
 * @param {View} view
 * @param {Session} session
 */
export function resultsPage(host, view, session) {
  const { base, body, chips, field, more } = view;
  const filterSwitch = make("button.push.filter-switch", { "aria-expanded": "false", "aria-controls": "filters", hidden: true });
  const order = make("select.push.sort", { hidden: true });
  const filters = make("div.filters", { id: "filters", role: "group", hidden: true });
  const pages = make("nav.pages", { hidden: true });
  /** The counts that the filters show. @type {Facets | undefined} */
  let drawn;
  /** Sees the end of the list. @type {IntersectionObserver | undefined} */
  let end;

  chips.before(filterSwitch, order);
  body.prepend(filters);
  more.after(pages);
  const sheets = /** @type {ShadowRoot} */ (base.getRootNode()).adoptedStyleSheets;
  if (!sheets.includes(resultsSheet())) sheets.push(resultsSheet());
  order.onchange = () => refine({ sort: order.value || null });
  filterSwitch.onclick = () => filterSwitch.setAttribute("aria-expanded", `${filters.toggleAttribute("data-open")}`);

  return {
    remember,
    strings: resultsStrings,
    /**
     * Follows the address from now on, where the query is kept there.
     *
     * @param {AbortSignal} signal Ends it.
     * @param {string} [typed] What was typed before this was loaded, and stays.
     * @param {boolean} [composing] Whether an input method may still change it.
     */
    connect(signal, typed, composing) {
      if (!isAddressed()) return;
      addEventListener("popstate", () => restore(), { signal });
      restore(typed);
      if (typed && !composing) remember(false);
    },
    /**
     * Shows the state of the session, after the list was drawn.
     *
     * @param {State} state
     * @param {Strings} strings
     */
    draw(state, strings) {
      const found = state.kind === "results" ? state : undefined;
      const { paging } = host;
      if (paging === "pages") more.hidden = true;
      pages.hidden = !found || found.pages < 2 || paging !== "pages";
      // While a query loads, what stood there stays.
      if (state.kind === "loading") return;
      drawCounts(state.kind === "none" ? state.facets : found?.results.facets, strings);
      end?.disconnect();
      // Nothing has no order.
      order.hidden = true;
      if (!found) return;
      drawOrders(strings);
      if (paging === "scroll" && found.more) {
        end ??= new IntersectionObserver(([entry]) => entry?.isIntersecting && more.click(), { rootMargin: "25%" });
        end.observe(more);
      }
      if (!pages.hidden) drawPages(found.page, found.pages, strings);
    },
  };

  /**
   * @param {Facets | undefined} facets
   * @param {Strings} strings
   */
  function drawCounts(facets, strings) {
    if (!facets) filters.hidden = true;
    else if (facets !== drawn) drawFilters(filters, facets, session.filters, strings, (chosen) => refine({ filters: chosen }));
    drawn = facets;
    body.classList.toggle("filtered", !filters.hidden);
    const narrowed = Object.keys(session.filters).length;
    filterSwitch.hidden = filters.hidden;
    filterSwitch.textContent = strings.filters + (narrowed ? ` (${narrowed})` : "");
    setAttributes(filters, { "aria-label": strings.filters });
  }

  /** @param {Strings} strings */
  function drawOrders({ fields, relevance, sort }) {
    /** @type {HTMLOptionElement[]} */
    const orders = [];
    if (host.variant === "page" || host.hasAttribute("sort")) {
      for (const value of host.sort.split(/\s+/)) {
        const [name = "", direction] = value.split(":");
        if (!session.fields.includes(name)) continue;
        orders.push(make("option", { value }, `${fields[name] ?? name} ${direction === "desc" ? "↓" : "↑"}`));
      }
    }
    order.hidden = !orders.length;
    if (order.hidden) return;
    order.replaceChildren(make("option", { value: "" }, relevance), ...orders);
    order.value = session.sort ?? "";
    setAttributes(order, { "aria-label": sort });
  }

  /**
   * The numbers of the first page, the last, and those around the one that is shown.
   *
   * @param {number} page
   * @param {number} count
   * @param {Strings} strings
   */
  function drawPages(page, count, { results }) {
    const numbers = Array.from({ length: count }, (_, at) => at);
    const held = pages.matches(":focus-within");
    const near = numbers.filter((at) => !at || at === count - 1 || Math.abs(at - page) < 3);
    pages.replaceChildren(
      ...near.map((at) => {
        const button = push(`${at + 1}`, () => refine({ page: at }));
        setAttributes(button, { "aria-current": at === page && "page" });
        return button;
      }),
    );
    setAttributes(pages, { "aria-label": results });
    if (held) /** @type {HTMLElement | null} */ (pages.querySelector("[aria-current]"))?.focus({ preventScroll: true });
  }

  /** @param {{ filters?: Filters, sort?: string | null, page?: number }} change */
  function refine({ filters = session.filters, sort = session.sort, page = 0 }) {
    const turned = page !== session.page;
    Object.assign(session, { filters, sort });
    session.search(field.value, false, page);
    remember(true, page);
    if (turned) base.scrollIntoView();
  }

  /** Whether the query is kept in the page's address. */
  function isAddressed() {
    return host.history ? host.history !== "off" : host.variant === "page" || host.hasAttribute("query-param");
  }

  /**
   * Takes the state from the address.
   *
   * @param {string} [typed] A query that goes before that of the address.
   */
  function restore(typed) {
    const { query, filters, sort, page } = readState(location.search, host.queryParam);
    Object.assign(session, { filters, sort });
    if (!typed) field.value = query;
    session.search(typed || query, false, typed ? 0 : page);
  }

  /**
   * Keeps the address shareable, and the history meaningful.
   *
   * @param {boolean} step Whether to return here is a step of its own.
   * @param {number} [page]
   */
  function remember(step, page = 0) {
    if (!isAddressed()) return;
    const { filters, sort } = session;
    const href = writeState(location.href, host.queryParam, { query: field.value, filters, sort, page });
    if (href === location.href) return;
    try {
      history[step || host.history === "push" ? "pushState" : "replaceState"](history.state, "", href);
    } catch {
      // Safari allows a hundred changes in half a minute; the next one will do.
    }
  }
}
