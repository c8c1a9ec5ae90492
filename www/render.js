/**
 * Draws what a session has found. Text becomes text nodes, never markup.
 *
 * @module
 */

import { highlighted } from "./element/ranges.js";
import { safeUrl } from "./safe-url.js";

/** @import { Hit, SearchResults } from "./client.js" */
/** @import { Strings } from "./strings.js" */

/** Where the documents lie, beside the page. */
const DOCUMENTS = new URL("docs/", document.baseURI);

/**
 * An element with its attributes and children; attributes that are `undefined` are left out.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | undefined>} attributes
 * @param {...(string | Node)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/**
 * The groups of a listbox: exact hits, and related ones under a heading of their own.
 *
 * @param {SearchResults} results
 * @param {Strings} strings
 * @returns {HTMLElement[]}
 */
export function resultGroups(results, strings) {
  const options = results.hits.map(option);
  const exact = options.filter((_, at) => results.hits[at]?.exact);
  const related = options.filter((_, at) => !results.hits[at]?.exact);
  const groups = [];
  if (exact.length > 0) {
    groups.push(element("div", { role: "group", "aria-label": strings.exact }, ...exact));
  }
  if (related.length > 0) {
    const id = "related-heading";
    const heading = element("p", { id, class: "group-heading", role: "presentation" }, strings.related);
    groups.push(element("div", { role: "group", "aria-labelledby": id }, heading, ...related));
  }
  return groups;
}

/**
 * One hit: an option that is a link, so that every way of opening links works on it.
 *
 * @param {Hit} hit
 * @param {number} at
 * @returns {HTMLElement}
 */
function option(hit, at) {
  const href = link(hit);
  const made = element(href ? "a" : "div", {
    id: `hit-${at}`,
    class: "hit",
    role: "option",
    "aria-selected": "false",
    lang: languageTag(hit.meta["lang"]),
    href,
  });
  made.append(element("span", { class: "hit-title" }, ...highlighted(hit.title, hit.titleHighlights)));
  if (hit.section && hit.section.title !== hit.title) {
    made.append(element("span", { class: "hit-section" }, hit.section.title));
  }
  const { text, highlights } = hit.snippet;
  made.append(element("span", { class: "hit-snippet" }, ...highlighted(text, highlights)), about(hit));
  return made;
}

/**
 * Date, source and address, as far as they are known.
 *
 * @param {Hit} hit
 */
function about({ meta, url }) {
  const line = element("span", { class: "hit-about" });
  const { date } = meta;
  const source = meta["source"] ?? meta["author"];
  if (date) line.append(element("time", {}, date));
  if (source) line.append(element("span", {}, source));
  line.append(element("span", { class: "hit-address" }, url.replace(/^https?:\/\//, "")));
  return line;
}

/**
 * @param {Hit} hit
 * @returns {string | undefined} Nothing where the document's address is not fit for a link.
 */
function link({ url, section }) {
  const href = safeUrl(url, DOCUMENTS);
  if (href === null) return undefined;
  const target = new URL(href);
  if (section?.anchor && !target.hash) target.hash = section.anchor;
  return target.href;
}

/**
 * A document's own language makes the browser draw its characters in the right shapes.
 *
 * @param {string | undefined} tag
 */
function languageTag(tag) {
  return tag && /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(tag) ? tag : undefined;
}

/**
 * What to try where nothing was found.
 *
 * @param {Strings} strings
 */
export function advice(strings) {
  return element("ul", {}, ...strings.noneAdvice.map((line) => element("li", {}, line)));
}

/**
 * @param {unknown} error
 * @param {Strings} strings
 * @param {() => void} retry
 */
export function failure(error, strings, retry) {
  const button = element("button", { type: "button", class: "button" }, strings.retry);
  button.addEventListener("click", retry);
  const code = /** @type {{ code?: string }} */ (error)?.code ?? "internal";
  return element(
    "div",
    { role: "alert" },
    element("p", { class: "notice-title" }, strings.error),
    element("p", { class: "notice-detail" }, strings.errorCode(code)),
    button,
  );
}

/**
 * Queries to begin with, set like the entries of a printed index. They are links, so that they can
 * be opened in a new tab or copied.
 *
 * @param {Strings} strings
 * @param {(query: string) => void} choose
 */
export function examples(strings, choose) {
  return strings.exampleList.map(([query, note]) => {
    const entry = element(
      "a",
      { class: "example", href: `?q=${encodeURIComponent(query)}` },
      element("span", { class: "example-query" }, query),
      element("span", { class: "leader", "aria-hidden": "true" }),
      element("span", { class: "example-note" }, note),
    );
    entry.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(query);
    });
    return element("li", {}, entry);
  });
}
