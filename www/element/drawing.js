/**
 * Shows the state of a session in the parts of a box. What has not changed is left alone.
 *
 * @module
 */

import { make } from "./dom.js";
import { failure, recentGroup, resultGroups } from "./render.js";
import { areDates } from "./filters.js";

/** @import { FilterPanel } from "./filters.js" */
/** @import { HitOptions } from "./render.js" */
/** @import { Facets, Filters, Found, State } from "./session.js" */
/** @import { Strings } from "./strings.js" */
/** @import { Suggestion } from "./suggest.js" */
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
 *   fields: string[],
 *   paging: "more" | "scroll" | "pages",
 * }} DrawOptions
 */

/** Pages on either side of the one that is shown. */
const AROUND = 2;

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
    view.more.addEventListener("click", () => actions.more());
  }

  /** Draws all anew the next time. */
  forget() {
    this.#listed = undefined;
  }

  /**
   * @param {State} state
   * @param {DrawOptions} options
   */
  draw(state, options) {
    const { base, about, summary, status, notice, empty, none, list, forget } = this.#view;
    const { strings } = options;
    const { kind } = state;
    base.dataset["state"] = kind;
    const recent = kind === "start" ? options.recent : [];
    const said = spoken(state, strings);
    if (status.textContent !== said) status.textContent = said;
    summary.textContent = said;
    about.hidden = kind === "start" || kind === "error";
    empty.hidden = kind !== "start";
    none.hidden = kind !== "none";
    forget.hidden = recent.length === 0;
    notice.hidden = kind !== "none" && kind !== "error";
    if (kind === "results") this.#list(state.results, () => resultGroups(state.results, options));
    else if (kind === "start" && recent.length > 0) this.#list(recent.join("\n"), () => [recentGroup(recent, strings)]);
    else if (kind !== "loading") this.#list(undefined, () => []);
    list.hidden = list.childElementCount === 0;
    if (kind === "none") notice.replaceChildren(make("ul", {}, ...strings.advice.map((line) => make("li", {}, line))));
    else if (kind === "error") notice.replaceChildren(failure(state.error, strings, this.#actions.retry));
    else notice.replaceChildren();
    this.#note(kind === "results" ? state.results : undefined, strings);
    this.#chips("suggestions" in state ? state.suggestions : []);
    this.#narrow(state, options);
    this.#paging(state, options);
  }

  /**
   * @param {unknown} what
   * @param {() => HTMLElement[]} groups
   */
  #list(what, groups) {
    if (what !== undefined && this.#listed === what) return;
    this.#listed = what;
    this.#view.list.replaceChildren(...groups());
  }

  /**
   * What the query was widened by, and what could not be searched.
   *
   * @param {Found | undefined} results
   * @param {Strings} strings
   */
  #note(results, strings) {
    const { note } = this.#view;
    const words = [...new Set((results?.expanded ?? []).map(({ word }) => word))];
    const failed = results?.failed ?? [];
    const lines = [
      ...(words.length > 0 ? [strings.expanded(words.join(" · "))] : []),
      ...(failed.length > 0 ? [strings.failed(failed.join(" · "))] : []),
    ];
    note.hidden = lines.length === 0;
    note.textContent = lines.join("　");
  }

  /** @param {Suggestion[]} suggestions */
  #chips(suggestions) {
    const { chips } = this.#view;
    chips.replaceChildren(
      ...suggestions.map(({ query }) => {
        const chip = make("button", { type: "button", class: "chip", part: "suggestion" }, query);
        chip.addEventListener("click", () => this.#actions.ask(query));
        return chip;
      }),
    );
    chips.hidden = suggestions.length === 0;
  }

  /**
   * Filters and orders.
   *
   * @param {State} state
   * @param {DrawOptions} options
   */
  #narrow(state, { strings, filters, sort, orders, fields }) {
    const { body, filterSwitch, order, filters: place } = this.#view;
    const facets = state.kind === "results" ? state.results.facets : state.kind === "none" ? state.facets : undefined;
    const narrowed = Object.keys(filters).length;
    const shown = state.kind === "results" || state.kind === "none";
    // While a query loads, what stood there stays.
    if (shown && facets && facets !== this.#facets) this.#filters.draw(facets, filters, strings);
    if (state.kind !== "loading") {
      if (!facets) place.hidden = true;
      filterSwitch.hidden = place.hidden;
      body.classList.toggle("filtered", !place.hidden);
    }
    this.#facets = facets;
    filterSwitch.textContent = narrowed ? `${strings.filters} (${narrowed})` : strings.filters;
    const offered = orders.filter((one) => fields.includes(one.split(":")[0] ?? "") || one === sort);
    order.hidden = !shown || offered.length === 0;
    if (order.hidden) return;
    order.replaceChildren(
      make("option", { value: "" }, strings.relevance),
      ...offered.map((one) => make("option", { value: one }, orderName(one, facets, strings))),
    );
    order.value = sort ?? "";
  }

  /**
   * @param {State} state
   * @param {DrawOptions} options
   */
  #paging(state, { paging, strings }) {
    const { more, pages } = this.#view;
    const found = state.kind === "results" ? state : undefined;
    this.#end?.disconnect();
    more.hidden = !found?.more || paging === "pages";
    pages.hidden = !found || paging !== "pages" || found.pages < 2;
    if (found && !more.hidden) {
      const { hits, total, related } = found.results;
      more.textContent = strings.more(total + related - hits.length);
      if (paging === "scroll") this.#watchEnd();
    }
    if (!found || pages.hidden) return;
    const { page, pages: count } = found;
    const first = Math.max(0, Math.min(page - AROUND, count - 1 - 2 * AROUND));
    const numbers = Array.from({ length: Math.min(count, 2 * AROUND + 1) }, (_, at) => first + at);
    pages.replaceChildren(
      this.#pageButton(strings.previous, page - 1, page === 0),
      ...numbers.map((number) => this.#pageButton(String(number + 1), number, false, number === page)),
      this.#pageButton(strings.next, page + 1, page === count - 1),
    );
  }

  /**
   * @param {string} name
   * @param {number} page
   * @param {boolean} disabled
   * @param {boolean} [current]
   */
  #pageButton(name, page, disabled, current = false) {
    const button = make("button", { type: "button", class: "button", disabled, "aria-current": current && "page" }, name);
    button.addEventListener("click", () => this.#actions.page(page));
    return button;
  }

  #watchEnd() {
    this.#end ??= new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.#actions.more();
    }, { rootMargin: "25%" });
    this.#end.observe(this.#view.more);
  }
}

/**
 * What there is to say, for all to read and for screen readers to tell.
 *
 * @param {State} state
 * @param {Strings} strings
 */
function spoken(state, strings) {
  if (state.kind === "loading") return strings.loading;
  if (state.kind === "none") return strings.none(state.query);
  if (state.kind !== "results") return "";
  const { total, related } = state.results;
  const found = strings.found(total, related);
  return state.corrected === undefined ? found : `${strings.corrected(state.query, state.corrected)} · ${found}`;
}

/**
 * @param {string} order Such as `date:desc`.
 * @param {Facets | undefined} facets
 * @param {Strings} strings
 */
function orderName(order, facets, strings) {
  const [field = "", direction] = order.split(":");
  const descending = direction === "desc";
  if (field === "date" || areDates(facets?.[field] ?? [])) return descending ? strings.newest : strings.oldest;
  return strings.order(strings.fields[field] ?? field, descending);
}
