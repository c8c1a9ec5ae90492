/**
 * Several indexes as one: each is asked, and hits say which they are from. They cannot be filtered,
 * as each has fields of its own.
 *
 * @module
 */

/** @import { AnyIndex, Found } from "./session.js" */

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

  await all((index) => index, () => {});
  return {
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
      for (const [{ total, related, exact, took, hits, expanded = [] }, source] of answers) {
        found.total += total;
        found.related += related;
        found.exact ||= exact;
        found.took = Math.max(found.took, took);
        found.hits.push(...hits.map((hit) => ({ ...hit, source })));
        found.expanded?.push(...expanded);
      }
      return found;
    },
    async suggest(query, options) {
      const lists = await all((index) => index.suggest?.(query, options) ?? [], () => {});
      const distinct = new Map(lists.flatMap(([list]) => list).map((one) => [one.query, one]));
      return [...distinct.values()].slice(0, options.limit);
    },
  };
}
