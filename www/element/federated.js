/**
 * Several indexes as one: each is asked, and hits say which they are from. Facets are counted over all
 * of them; an index that lacks a field that is filtered on has nothing that passes.
 *
 * @module
 */

/** @import { AnyIndex, Found } from "./session.js" */

/** @typedef {{ src?: string, label?: string, index: Promise<AnyIndex> }} Source One without a label is called by `src`. */

/** @returns {Found} */
const nothing = () => ({ query: "", total: 0, related: 0, exact: false, hits: [], took: 0 });

/**
 * @param {Source[]} sources
 * @param {(error: unknown) => void} report Told of an index that fails while others answer.
 * @returns {Promise<AnyIndex>} Rejects where none can be opened.
 */
export async function federated(sources, report) {
  /**
   * What those that answer say, each with the label of its index.
   *
   * @template T
   * @param {(index: AnyIndex) => T | Promise<T>} ask
   * @param {(error: unknown, label: string) => void} failed
   */
  async function all(ask, failed) {
    const answers = await Promise.allSettled(sources.map(async ({ index }) => ask(await index)));
    const fulfilled = answers.flatMap((answer, at) => {
      const { src = "", label = labelOf(src) } = /** @type {Source} */ (sources[at]);
      if (answer.status === "fulfilled") return [/** @type {const} */ ([answer.value, label])];
      failed(answer.reason, label);
      return [];
    });
    if (!fulfilled.length) throw /** @type {any} */ (answers[0]).reason;
    return fulfilled;
  }

  const open = await all((index) => index, () => {});
  return {
    facets: [...new Set(open.flatMap(([{ facets = [] }]) => facets))],
    async search(query, options) {
      /** @type {string[]} */
      const failed = [];
      const answers = await all(
        (index) => {
          const { facets, filters = {} } = options;
          const has = (/** @type {string} */ field) => index.facets?.includes(field);
          if (!Object.keys(filters).every(has)) return nothing();
          return index.search(query, { ...options, ...(facets?.filter && { facets: facets.filter(has) }) });
        },
        (error, label) => {
          if (options.signal?.aborted) return;
          report(error);
          failed.push(label);
        },
      );
      /** @type {Found} */
      const found = { ...nothing(), query, expanded: [], failed };
      /** @type {Record<string, Map<string, number>>} */
      const counts = {};
      for (const [{ total, related, exact, took, hits, expanded = [], facets = {} }, source] of answers) {
        found.total += total;
        found.related += related;
        found.exact ||= exact;
        found.took = Math.max(found.took, took);
        found.hits.push(...hits.map((hit) => ({ ...hit, source })));
        found.expanded?.push(...expanded);
        for (const [field, values] of Object.entries(facets)) {
          const counted = (counts[field] ??= new Map());
          for (const { value, count } of values) counted.set(value, (counted.get(value) ?? 0) + count);
        }
      }
      if (options.facets) found.facets = Object.fromEntries(Object.entries(counts).map(([field, counted]) => [field, ranked(counted)]));
      return found;
    },
    async suggest(query, options) {
      const lists = await all((index) => index.suggest?.(query, options) ?? [], () => {});
      const distinct = new Map(lists.flatMap(([list]) => list).map((one) => [one.query, one]));
      return [...distinct.values()].slice(0, options.limit);
    },
  };
}

/**
 * What an index without a label is called: the folder it lies in, with its host where one is given.
 *
 * @param {string} source
 */
export function labelOf(source) {
  return source.replace(/^https?:|[^/]*$/g, "").replace(/^[./]+|\/+$/g, "") || source;
}

/** By falling count, then by value. @param {Map<string, number>} counted */
function ranked(counted) {
  const values = [...counted].map(([value, count]) => ({ value, count }));
  return values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
