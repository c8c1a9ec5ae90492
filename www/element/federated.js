/**
 * Several indexes as one: each is asked, and hits say which they are from.
 *
 * @module
 */

/** @import { AnyIndex, Facets, Found } from "./session.js" */
/** @import { Suggestion } from "./suggest.js" */

/** @typedef {{ label: string, index: Promise<AnyIndex> }} Source */

/**
 * @param {Source[]} sources
 * @param {(error: unknown) => void} [report] Told of an index that fails while others answer.
 * @returns {Promise<AnyIndex>} Rejects where none can be opened.
 */
export async function federated(sources, report = () => {}) {
  await Promise.any(sources.map(({ index }) => index)).catch(first);
  const fields = await fulfilled(sources.map(async ({ index }) => (await index).facets ?? []));
  return {
    facets: [...new Set(fields.flat())],
    async search(query, options) {
      const answers = await Promise.allSettled(
        sources.map(async ({ index }) => (await index).search(query, options)),
      );
      options.signal?.throwIfAborted();
      /** @type {Found} */
      const all = { query, total: 0, related: 0, exact: false, hits: [], took: 0, facets: {}, expanded: [], failed: [] };
      answers.forEach((answer, at) => {
        const label = sources[at]?.label ?? "";
        if (answer.status === "fulfilled") add(all, answer.value, label);
        else {
          report(answer.reason);
          all.failed?.push(label);
        }
      });
      if (answers.every(({ status }) => status === "rejected")) throw /** @type {any} */ (answers[0]).reason;
      return all;
    },
    async suggest(query, options) {
      const lists = await fulfilled(sources.map(async ({ index }) => (await (await index).suggest?.(query, options)) ?? []));
      /** @type {Map<string, Suggestion>} */
      const distinct = new Map();
      for (const one of lists.flat()) if (!distinct.has(one.query)) distinct.set(one.query, one);
      return [...distinct.values()].slice(0, options.limit);
    },
  };
}

/** @param {AggregateError} error @returns {never} */
function first({ errors: [error] }) {
  throw error;
}

/**
 * @template T
 * @param {Promise<T>[]} promises
 */
async function fulfilled(promises) {
  const settled = await Promise.allSettled(promises);
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/**
 * @param {Found} all
 * @param {Found} answer
 * @param {string} source
 */
function add(all, answer, source) {
  all.total += answer.total;
  all.related += answer.related;
  all.exact ||= answer.exact;
  all.took = Math.max(all.took, answer.took);
  all.hits.push(...answer.hits.map((hit) => ({ ...hit, source })));
  all.expanded?.push(...(answer.expanded ?? []));
  for (const [field, counts] of Object.entries(answer.facets ?? {})) {
    const merged = new Map((all.facets?.[field] ?? []).map(({ value, count }) => [value, count]));
    for (const { value, count } of counts) merged.set(value, (merged.get(value) ?? 0) + count);
    const sorted = [...merged].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    /** @type {Facets} */ (all.facets)[field] = sorted.map(([value, count]) => ({ value, count }));
  }
}
