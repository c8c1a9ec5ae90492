/**
 * Shows the state of a session in the parts of a box. What has not changed is left alone.
 *
 * @module
 */

import { make } from "./dom.js";
import { areDates } from "./filters.js";
import { failure, push, recentGroup, resultGroups } from "./render.js";

/** @import { FilterPanel } from "./filters.js" */
/** @import { HitOptions } from "./render.js" */
/** @import { Facets, Filters, State } from "./session.js" */
/** @import { View } from "./view.js" */

/**
 * What can be done with what is drawn.
 *
 * @typedef {object} Actions
 * @property {(query: string) => void} ask
 * @property {() => void} retry
 * @property {() => void} more
 * @property {(page: number) => void} page
 */

/**
 * @typedef {HitOptions & {
 *   recent: string[],
 *   filters: Filters,
 *   sort: string | null,
 *   orders: string[],
 *   paging: string,
 * }} DrawOptions
 */

export class Drawing {
  #view;
  #filters;
  #actions;
  /** What the list shows. @type {unknown} */
  #listed;
  /** @type {Facets | undefined} */
  #facets;
  /** Sees the end of the list. @type {IntersectionObserver | undefined} */
  #end;

  /**
   * @param {View} view
   * @param {FilterPanel} filters
   * @param {Actions} actions
   */
  constructor(view, filters, actions) {
    this.#view = view;
    this.#filters = filters;
    this.#actions = actions;
    view.more.onclick = actions.more;
  }

  /** Draws all anew the next time. */
  forget() {
    this.#listed = this.#facets = undefined;
  }

  /**
   * @param {State} state
   * @param {DrawOptions} options
   */
  draw(state, options) {
    const { base, about, summary, status, note, notice, empty, none, forget, chips } = this.#view;
    const { strings } = options;
    const { kind } = state;
    const results = kind === "results" ? state.results : undefined;
    const recent = kind === "start" ? options.recent : [];
    base.dataset["state"] = kind;

    const said = spoken(state, options);
    if (status.textContent !== said) status.textContent = said;
    summary.textContent = said;
    const words = new Set(results?.expanded?.map(({ word }) => word));
    note.textContent =
      (words.size ? strings.expanded + [...words].join(" · ") : "") +
      (results?.failed?.length ? ` ${strings.error}: ${results.failed.join(" · ")}` : "");
    about.hidden = kind === "start" || kind === "error";
    note.hidden = !note.textContent;

    if (results) this.#list(results, () => resultGroups(results, options));
    else if (kind !== "loading") this.#list(recent.join("\n"), () => (recent.length ? [recentGroup(recent, strings.recent)] : []));
    forget.hidden = !recent.length;
    empty.hidden = kind !== "start";
    none.hidden = kind !== "none";
    notice.replaceChildren(
      ...(kind === "none" ? [strings.advice] : []),
      ...(kind === "error" ? [failure(state.error, strings, this.#actions.retry)] : []),
    );
    notice.hidden = !notice.firstChild;

    const suggestions = "suggestions" in state ? state.suggestions : [];
    chips.replaceChildren(...suggestions.map(({ query }) => push(query, () => this.#actions.ask(query), "suggestion")));
    chips.hidden = !suggestions.length;
    // While a query loads, what stood there stays.
    if (kind !== "loading") this.#narrow(state, options);
    this.#paging(state, options);
  }

  /**
   * @param {unknown} what
   * @param {() => HTMLElement[]} groups
   */
  #list(what, groups) {
    if (this.#listed === what) return;
    this.#listed = what;
    const { list } = this.#view;
    list.replaceChildren(...groups());
    list.hidden = !list.firstChild;
  }

  /**
   * Filters and orders.
   *
   * @param {State} state
   * @param {DrawOptions} options
   */
  #narrow(state, { strings, filters, sort, orders }) {
    const { body, filterSwitch, order, filters: place } = this.#view;
    const facets = state.kind === "results" ? state.results.facets : state.kind === "none" ? state.facets : undefined;
    if (!facets) place.hidden = true;
    else if (facets !== this.#facets) this.#filters.draw(facets, filters, strings);
    this.#facets = facets;
    body.classList.toggle("filtered", !place.hidden);
    const narrowed = Object.keys(filters).length;
    filterSwitch.hidden = place.hidden;
    filterSwitch.textContent = strings.filters + (narrowed ? ` (${narrowed})` : "");
    order.hidden = !orders.length;
    order.replaceChildren(
      make("option", { value: "" }, strings.relevance),
      ...orders.map((one) => {
        const [field = "", direction] = one.split(":");
        const dated = field === "date" || areDates(facets?.[field] ?? []);
        const descending = direction === "desc";
        const name = dated ? strings[descending ? "newest" : "oldest"] : `${strings.fields[field] ?? field} ${descending ? "↓" : "↑"}`;
        return make("option", { value: one }, name);
      }),
    );
    order.value = sort ?? "";
  }

  /**
   * @param {State} state
   * @param {DrawOptions} options
   */
  #paging(state, { paging, strings }) {
    const { more, pages } = this.#view;
    this.#end?.disconnect();
    const found = state.kind === "results" ? state : undefined;
    const numbered = paging === "pages";
    more.hidden = !found?.more || numbered;
    pages.hidden = !found || found.pages < 2 || !numbered;
    if (!found) return;
    const { page, pages: count, results } = found;
    more.textContent = strings.more(results.total + results.related - results.hits.length);
    if (paging === "scroll" && found.more) {
      this.#end ??= new IntersectionObserver(([entry]) => entry?.isIntersecting && this.#actions.more(), { rootMargin: "25%" });
      this.#end.observe(more);
    }
    const previous = push(strings.previous, () => this.#actions.page(page - 1));
    const next = push(strings.next, () => this.#actions.page(page + 1));
    previous.disabled = page === 0;
    next.disabled = page + 1 >= count;
    pages.replaceChildren(previous, `${page + 1} / ${count}`, next);
  }
}

/**
 * What there is to say, for all to read and for screen readers to tell.
 *
 * @param {State} state
 * @param {DrawOptions} options
 */
function spoken(state, { strings }) {
  if (state.kind === "loading") return strings.loading;
  if (state.kind === "none") return strings.none(state.query);
  if (state.kind !== "results") return "";
  const { query, corrected, results } = state;
  const found = strings.found(results.total, results.related);
  return corrected ? [strings.none(query), strings.instead(corrected), found].join(" · ") : found;
}
