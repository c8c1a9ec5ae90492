/**
 * Several indexes as one: each is asked, and hits say which they are from.
 *
 * @module
 */

/** @import { AnyIndex, Facets, Found } from "./session.js" */

/** @typedef {{ label: string, index: Promise<AnyIndex> }} Source */

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
      const label = sources[at]?.label ?? "";
      if (answer.status === "fulfilled") return [/** @type {const} */ ([answer.value, label])];
      failed(answer.reason, label);
      return [];
    });
    if (!fulfilled.length) throw /** @type {any} */ (answers[0]).reason;
    return fulfilled;
  }

  const fields = await all(({ facets = [] }) => facets, () => {});
  return {
    facets: [...new Set(fields.flatMap(([names]) => names))],
    async search(query, options) {
      /** @type {string[]} */
      const failed = [];
      const answers = await all(
        (index) => index.search(query, options),
        (error, label) => {
          if (options.signal?.aborted) return;
          report(error);
          failed.push(label);
        },
      );
      /** @type {Found} */
      const found = { query, total: 0, related: 0, exact: false, hits: [], took: 0, expanded: [], failed };
      for (const [answer, source] of answers) add(found, answer, source);
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
 * @param {Found} found
 * @param {Found} answer
 * @param {string} source
 */
function add(found, answer, source) {
  found.total += answer.total;
  found.related += answer.related;
  found.exact ||= answer.exact;
  found.took = Math.max(found.took, answer.took);
  found.hits.push(...answer.hits.map((hit) => ({ ...hit, source })));
  found.expanded?.push(...(answer.expanded ?? []));
  if (answer.facets) found.facets = merged(found.facets ?? {}, answer.facets);
}

/**
 * @param {Facets} some
 * @param {Facets} others
 * @returns {Facets}
 */
function merged(some, others) {
  const fields = new Set([...Object.keys(some), ...Object.keys(others)]);
  return Object.fromEntries([...fields].map((field) => {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { value, count } of [...(some[field] ?? []), ...(others[field] ?? [])]) {
      counts.set(value, (counts.get(value) ?? 0) + count);
    }
    const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    return [field, sorted.map(([value, count]) => ({ value, count }))];
  }));
}
