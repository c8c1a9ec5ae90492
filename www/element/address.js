/**
 * The state of a results page in its address, so that it can be shared and Back returns to it.
 *
 *     ?q=图书馆&f.category=通知&f.date=2023..2024&sort=date:desc&page=2
 *
 * @module
 */

/** @import { Filters } from "./session.js" */

/**
 * @typedef {object} PageState
 * @property {string} query
 * @property {Filters} filters
 * @property {string | null} sort
 * @property {number} page From 0.
 */

/** What stands before the name of a field that is filtered on. */
const FIELD = "f.";

/**
 * @param {string} search What the address has behind `?`.
 * @param {string} parameter The name of the query's parameter.
 * @returns {PageState}
 */
export function readState(search, parameter) {
  const parameters = new URLSearchParams(search);
  /** @type {Filters} */
  const filters = {};
  for (const name of new Set(parameters.keys())) {
    if (!name.startsWith(FIELD)) continue;
    const values = parameters.getAll(name);
    const range = values.length === 1 ? /^(.*?)\.\.(.*)$/.exec(values[0] ?? "") : null;
    filters[name.slice(FIELD.length)] = range
      ? { ...(range[1] && { from: range[1] }), ...(range[2] && { to: range[2] }) }
      : values;
  }
  return {
    query: parameters.get(parameter) ?? "",
    filters,
    sort: parameters.get("sort"),
    page: Math.max(0, (Number.parseInt(parameters.get("page") ?? "", 10) || 1) - 1),
  };
}

/**
 * The address with another state; what belongs to others stays.
 *
 * @param {string} href
 * @param {string} parameter
 * @param {PageState} state
 */
export function writeState(href, parameter, { query, filters, sort, page }) {
  const url = new URL(href);
  const parameters = url.searchParams;
  for (const name of [...parameters.keys()]) {
    if (name === parameter || name === "sort" || name === "page" || name.startsWith(FIELD)) parameters.delete(name);
  }
  if (query) parameters.set(parameter, query);
  for (const [field, filter] of Object.entries(query ? filters : {})) {
    if (Array.isArray(filter)) for (const value of filter) parameters.append(FIELD + field, value);
    else parameters.append(FIELD + field, `${filter.from ?? ""}..${filter.to ?? ""}`);
  }
  if (query && sort) parameters.set("sort", sort);
  if (query && page) parameters.set("page", String(page + 1));
  return url.href;
}
