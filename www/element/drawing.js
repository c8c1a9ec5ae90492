/**
 * Shows the state of a session in the parts of a box. What has not changed is left alone.
 *
 * @module
 */

import { failure, push, recentGroup, resultGroups } from "./render.js";

/** @import { HitOptions } from "./render.js" */
/** @import { State } from "./session.js" */
/** @import { View } from "./view.js" */

/**
 * What is drawn, and what can be done with it.
 *
 * @typedef {HitOptions & {
 *   recent: string[],
 *   ask(query: string): void,
 *   retry(): void,
 * }} DrawOptions
 */

/**
 * @param {View} view
 * @returns {(state: State, options: DrawOptions) => void}
 */
export function drawing(view) {
  /** What the list shows, in which words. @type {unknown[]} */
  let listed = [];

  return (state, options) => {
    const { strings, recent } = options;
    const { kind } = state;
    const { about, empty, list, more, none, note, notice, status } = view;
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
    more.hidden = !found?.more;
    // While a query loads, what stood there stays.
    if (kind === "loading") return;

    const now = [results ?? (remembered && recent.join("\n")), strings];
    if (now.some((one, at) => one !== listed[at])) {
      list.replaceChildren(...(results ? resultGroups(results, options) : remembered ? [recentGroup(recent, strings.recent)] : []));
      list.hidden = !list.firstChild;
      listed = now;
    }

    if (results) more.textContent = strings.more(results.total + results.related - results.hits.length);
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
