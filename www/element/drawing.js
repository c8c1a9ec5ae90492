/**
 * Shows the state of a session in the parts of a box. What has not changed is left alone.
 *
 * @module
 */

import { make, setAttributes } from "./dom.js";
import { drawFilters } from "./filters.js";
import { drawHits, failure, push, recentGroup } from "./render.js";

/** @import { HitOptions } from "./render.js" */
/** @import { Facets, Filters, FoundHit, State } from "./session.js" */
/** @import { Strings } from "./strings.js" */
/** @import { View } from "./view.js" */

/** Hits that are drawn at once; the next ones follow in the frame behind, so that none takes long. */
const AT_ONCE = 5;
/** The height of a hit without a passage, which is kept free for each that follows, in lines. */
const FREE = 4.25;

/**
 * What is drawn, and what can be done with it.
 *
 * @typedef {HitOptions & {
 *   recent: string[],
 *   filters: Filters,
 *   sort: string | null,
 *   orders: string[],
 *   paging: string,
 *   ask(query: string): void,
 *   retry(): void,
 *   more(): void,
 *   refine(change: { filters?: Filters, page?: number }): void,
 * }} DrawOptions
 */

/**
 * @param {View} view
 * @param {() => void} drawn Told when further hits were drawn.
 * @returns {(state: State, options: DrawOptions) => void}
 */
export function drawing(view, drawn) {
  /** What the list shows instead of hits, in which words. @type {unknown[]} */
  let listed = [];
  /** The hits that it shows, or will show soon. @type {FoundHit[]} */
  let hits = [];
  /** How many of them are drawn. */
  let count = 0;
  /** @type {Map<string, HTMLElement>} */
  const groups = new Map();
  /** @type {Facets | undefined} */
  let counted;
  /** Sees the end of the list. @type {IntersectionObserver | undefined} */
  let end;

  /** @param {DrawOptions} options */
  function drawNext(options) {
    const [from, all] = [count, hits];
    count = Math.min(all.length, from + AT_ONCE);
    drawHits(view.list, groups, all, from, count, options);
    view.list.style.paddingBlockEnd = `${(all.length - count) * FREE}em`;
    if (count === all.length) return;
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (hits !== all || listed[1] !== options.strings) return;
        drawNext(options);
        drawn();
      }),
    );
  }

  return (state, options) => {
    const { strings, recent, sort, paging } = options;
    const { kind } = state;
    const { about, body, empty, filters, list, more, none, note, notice, order, pages, status } = view;
    const found = kind === "results" ? state : undefined;
    const results = found?.results;
    Object.assign(view.base.dataset, { state: kind, query: "query" in state ? state.query : "" });

    const said = spoken(state, options);
    if (status.textContent !== said) status.textContent = said;
    view.summary.textContent = said;
    const words = new Set(results?.expanded?.map(({ word }) => word));
    note.textContent =
      (words.size ? strings.expanded + [...words].join(" · ") : "") +
      (results?.failed?.length ? ` ${strings.error}: ${results.failed.join(" · ")}` : "");
    note.hidden = !note.textContent;
    about.hidden = !said;
    empty.hidden = kind !== "start";
    none.hidden = kind !== "none";
    notice.replaceChildren(
      kind === "none" ? strings.advice : kind === "error" ? failure(state.error, strings, options.retry) : "",
    );
    notice.hidden = !notice.textContent;
    const suggestions = "suggestions" in state ? state.suggestions : [];
    view.chips.replaceChildren(...suggestions.map(({ query }) => push(query, () => options.ask(query), "suggestion")));
    view.chips.hidden = !suggestions.length;

    const remembered = kind === "start" && recent.length > 0;
    view.forget.hidden = !remembered;
    more.hidden = !found?.more || paging === "pages";
    pages.hidden = !found || found.pages < 2 || paging !== "pages";
    // While a query loads, what stood there stays.
    if (kind === "loading") return;

    const now = [remembered && recent.join("\n"), strings];
    const next = results?.hits ?? [];
    // More hits go behind those that are there.
    if (now.some((one, at) => one !== listed[at]) || hits.some((hit, at) => hit !== next[at])) {
      list.replaceChildren(...(remembered ? [recentGroup(recent, strings.recent)] : []));
      list.style.paddingBlockEnd = "";
      groups.clear();
      count = 0;
      hits = [];
      listed = now;
    }
    if (next.length > hits.length) {
      hits = next;
      drawNext(options);
    }
    list.hidden = !list.firstChild;

    const facets = kind === "none" ? state.facets : results?.facets;
    if (!facets) filters.hidden = true;
    else if (facets !== counted) drawFilters(filters, facets, options.filters, strings, (chosen) => options.refine({ filters: chosen }));
    counted = facets;
    body.classList.toggle("filtered", !filters.hidden);
    view.filterSwitch.hidden = filters.hidden;
    const narrowed = Object.keys(options.filters).length;
    view.filterSwitch.textContent = strings.filters + (narrowed ? ` (${narrowed})` : "");
    order.hidden = !options.orders.length;
    if (!order.hidden) {
      const orders = options.orders.map((one) => make("option", { value: one }, orderName(one, strings)));
      order.replaceChildren(make("option", { value: "" }, strings.relevance), ...orders);
      order.value = sort ?? "";
    }

    end?.disconnect();
    if (!found || !results) return;
    more.textContent = strings.more(results.total + results.related - results.hits.length);
    if (paging === "scroll" && found.more) {
      end ??= new IntersectionObserver(([entry]) => entry?.isIntersecting && options.more(), { rootMargin: "25%" });
      end.observe(more);
    }
    if (pages.hidden) return;
    const { page } = found;
    const numbers = Array.from({ length: found.pages }, (_, at) => at);
    const near = numbers.filter((at) => !at || at === found.pages - 1 || Math.abs(at - page) < 3);
    pages.replaceChildren(
      ...near.map((at) => {
        const button = push(`${at + 1}`, () => options.refine({ page: at }));
        setAttributes(button, { "aria-current": at === page && "page" });
        return button;
      }),
    );
  };
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

/**
 * @param {string} order Such as `date:desc`.
 * @param {Strings} strings
 */
function orderName(order, { fields }) {
  const [field = "", direction] = order.split(":");
  return `${fields[field] ?? field} ${direction === "desc" ? "↓" : "↑"}`;
}
