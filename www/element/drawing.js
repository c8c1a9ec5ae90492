/**
 * Shows the state of a session in the parts of a box. What has not changed is left alone.
 *
 * @module
 */

import { drawHits, failure, push, recentGroup } from "./render.js";

/** @import { HitOptions } from "./render.js" */
/** @import { FoundHit, Shown } from "./session.js" */
/** @import { Suggestion } from "./suggest.js" */
/** @import { View } from "./view.js" */

/** Hits that are drawn at once; the others follow, so many in each frame behind, so that none takes long. */
const FIRST = 2;
const THEN = 4;
/** The height of a hit without a passage, in em: it is kept free for each that follows, so that nothing moves. */
const FREE = 4.25;

/** Where there are no suggestions. @type {Suggestion[]} */
const NONE = [];

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
 * @param {() => void} drawn Told when further hits were drawn.
 * @returns {(state: Shown, options: DrawOptions) => void}
 */
export function drawing(view, drawn) {
  /** What the list shows instead of hits, in which words. @type {unknown[]} */
  let listed = [];
  /** What can be pressed around it, which may have the focus. @type {unknown[]} */
  let offered = [];
  /** The hits that it shows, or will show soon. @type {FoundHit[]} */
  let hits = [];
  /** How many of them are drawn. */
  let count = 0;
  /** @type {Map<string, HTMLElement>} */
  const groups = new Map();

  /** @param {DrawOptions} options */
  function drawNext(options) {
    const [from, all] = [count, hits];
    count = Math.min(all.length, from + (from ? THEN : FIRST));
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
    const { strings, recent } = options;
    const { kind, query = "", results, suggestions = NONE, error } = state;
    const { about, empty, list, more, none, note, notice, status } = view;
    Object.assign(view.base.dataset, { state: kind, query });

    const said = spoken(state, options);
    if (status.textContent !== said) status.textContent = said;
    view.summary.textContent = said;
    const words = [...new Set(results?.expanded?.map(({ by }) => by))].join(" · ");
    note.textContent =
      (words && strings.expanded + words) +
      (results?.failed?.length ? ` ${strings.error}: ${results.failed.join(" · ")}` : "");
    // It is cut where it is too long.
    note.title = note.textContent;
    note.hidden = !note.title;
    about.hidden = !said;
    empty.hidden = kind !== "start";
    none.hidden = kind !== "none";
    if (differ(offered, (offered = [kind, strings, error, suggestions]))) {
      notice.replaceChildren(kind === "none" ? strings.advice : kind === "error" ? failure(error, strings, options.retry) : "");
      notice.hidden = !notice.textContent;
      view.chips.replaceChildren(...suggestions.map(({ query }) => push(query, () => options.ask(query), "suggestion")));
      view.chips.hidden = !suggestions.length;
    }

    const remembered = kind === "start" && recent.length > 0;
    view.forget.hidden = !remembered;
    more.hidden = !state.more;
    // While a query loads, what stood there stays.
    if (kind === "loading") return;

    const now = [remembered && recent.join("\n"), strings];
    const next = results?.hits ?? [];
    // More hits go behind those that are there.
    if (differ(now, listed) || differ(hits, next)) {
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

    if (results) more.textContent = strings.more(results.total + results.related - results.hits.length);
  };
}

/** Whether anything in a list is other than in another one. @param {unknown[]} list @param {unknown[]} other */
const differ = (list, other) => list.some((one, at) => one !== other[at]);

/**
 * What there is to say, for all to read and for screen readers to tell.
 *
 * @param {Shown} state
 * @param {DrawOptions} options
 */
function spoken({ kind, query = "", results, corrected }, { strings }) {
  if (kind === "loading") return strings.loading;
  if (kind === "none") return strings.none(query);
  if (!results) return "";
  const found = strings.found(results.total, results.related);
  return corrected ? [strings.none(query), strings.instead(corrected), found].join(" · ") : found;
}
