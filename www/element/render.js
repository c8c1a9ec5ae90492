/**
 * Draws what a session has found. Text becomes text nodes, never markup.
 *
 * @module
 */

import { icon, make } from "./dom.js";
import { highlighted } from "./ranges.js";
import { safeUrl } from "./safe-url.js";

/** @import { Found, FoundHit, Section } from "./session.js" */
/** @import { Strings } from "./strings.js" */

/**
 * How hits become links and what stands in them.
 *
 * @typedef {object} HitOptions
 * @property {Strings} strings
 * @property {(hit: FoundHit, section?: Section) => string | undefined} link
 * @property {string} base What addresses of images are relative to.
 * @property {string | undefined} target Of the links.
 * @property {boolean} tabbable Whether Tab leads through the links, too, and not only the arrows.
 * @property {((hit: FoundHit) => Node | string | undefined) | undefined} render The page's own way to
 *   draw a hit; where it gives nothing, ours.
 */

/**
 * The groups of a listbox: exact hits, and related ones under a heading of their own; where there
 * are several indexes, both of each.
 *
 * @param {Found} results
 * @param {HitOptions} options
 * @returns {HTMLElement[]}
 */
export function resultGroups(results, options) {
  const { strings } = options;
  /** @type {Map<string, HTMLElement>} */
  const groups = new Map();
  results.hits.forEach((hit, at) => {
    const kind = hit.exact ? strings.exact : strings.related;
    const name = hit.source ? `${hit.source}${hit.exact ? "" : ` · ${kind}`}` : kind;
    let group = groups.get(name);
    if (!group) {
      const id = `group-${groups.size}`;
      const silent = hit.exact && !hit.source;
      const label = silent ? { "aria-label": name } : { "aria-labelledby": id };
      group = make("div", { role: "group", part: "group", ...label });
      if (!silent) group.append(make("p", { id, class: "heading", part: "heading", role: "presentation" }, name));
      groups.set(name, group);
    }
    group.append(...hitOptions(hit, at, options));
  });
  return [...groups.values()];
}

/**
 * A hit and its sections, each an option that is a link, so that every way of opening links works.
 *
 * @param {FoundHit} hit
 * @param {number} at
 * @param {HitOptions} options
 */
function hitOptions(hit, at, { strings, link, base, target, tabbable, render }) {
  const sections = hit.sections ?? [];
  const lang = languageTag(hit.meta["lang"]);
  const shared = { lang, target, tabindex: tabbable ? undefined : -1 };
  const made = option(`hit-${at}`, link(hit), { ...shared, part: "option", "data-hit": at });
  const own = render?.(hit);
  if (own) {
    made.append(own);
  } else {
    const title = make("span", { class: "hit-title", part: "title" }, ...highlighted(hit.title, hit.titleHighlights));
    if (hit.section && hit.section.title !== hit.title && sections.length === 0) {
      title.append(make("span", { class: "hit-section" }, hit.section.title));
    }
    made.append(title);
    // The best section shows the passage; twice would be once too often.
    if (!sections.some(({ snippet }) => snippet.text === hit.snippet.text)) made.append(snippet(hit.snippet));
    made.append(about(hit, strings));
    const image = hit.meta["image"] && safeUrl(hit.meta["image"], base);
    if (image) {
      made.classList.add("pictured");
      made.append(make("img", { src: image, alt: "", loading: "lazy", width: 72, height: 72, part: "image" }));
    }
  }
  const parts = sections.map((section, number) => {
    const one = option(`hit-${at}-${number}`, link(hit, section), { ...shared, part: "option section", "data-hit": at, "data-section": number });
    one.classList.add("part");
    one.append(make("span", { class: "hit-title", part: "section-title" }, section.title || hit.title), snippet(section.snippet));
    return one;
  });
  return [made, ...parts];
}

/**
 * @param {string} id
 * @param {string | undefined} href
 * @param {Record<string, string | number | undefined>} attributes
 * @returns {HTMLElement}
 */
function option(id, href, attributes) {
  return make(href ? "a" : "div", {
    id,
    class: "hit",
    role: "option",
    "aria-selected": "false",
    href,
    rel: attributes["target"] ? "noopener" : undefined,
    ...attributes,
  });
}

/** @param {FoundHit["snippet"]} snippet */
function snippet({ text, highlights }) {
  return make("span", { class: "hit-snippet", part: "snippet" }, ...highlighted(text, highlights));
}

/**
 * Date, source and address, as far as they are known.
 *
 * @param {FoundHit} hit
 * @param {Strings} strings
 */
function about({ meta, url }, strings) {
  const line = make("span", { class: "hit-about", part: "meta" });
  const source = meta["source"] ?? meta["author"];
  if (meta["date"]) line.append(make("time", { title: strings.fields["date"] }, meta["date"]));
  if (source) line.append(make("span", {}, source));
  line.append(make("span", { class: "hit-address" }, url.replace(/^https?:\/\//, "")));
  return line;
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
 * Recent searches, as options that are searched when they are chosen.
 *
 * @param {string[]} queries
 * @param {Strings} strings
 */
export function recentGroup(queries, strings) {
  const heading = make("p", { id: "group-recent", class: "heading", role: "presentation" }, strings.recent);
  const options = queries.map((query, at) => {
    const one = option(`recent-${at}`, undefined, { part: "option recent", "data-query": query });
    one.classList.add("asked");
    one.append(icon("recent"), query);
    return one;
  });
  return make("div", { role: "group", "aria-labelledby": "group-recent" }, heading, ...options);
}

/**
 * What failed, and a way to try again.
 *
 * @param {unknown} error
 * @param {Strings} strings
 * @param {() => void} retry
 */
export function failure(error, strings, retry) {
  const button = make("button", { type: "button", class: "button", part: "retry" }, strings.retry);
  button.addEventListener("click", retry);
  const code = /** @type {{ code?: string }} */ (error)?.code ?? "internal";
  return make(
    "div",
    { role: "alert" },
    make("p", { class: "notice-title" }, strings.error),
    make("p", { class: "notice-detail" }, strings.errorCode(code)),
    button,
  );
}

/**
 * A hit as the page's `<template slot="result">` has it: elements with `data-text` get the title,
 * the snippet or a field of the metadata, those with `data-src` an address of an image.
 *
 * @param {HTMLTemplateElement} template
 * @param {FoundHit} hit
 * @param {string} base
 */
export function fromTemplate(template, hit, base) {
  const made = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const place of made.querySelectorAll("[data-text]")) {
    const name = place.getAttribute("data-text") ?? "";
    if (name === "title") place.replaceChildren(...highlighted(hit.title, hit.titleHighlights));
    else if (name === "snippet") place.replaceChildren(...highlighted(hit.snippet.text, hit.snippet.highlights));
    else place.textContent = (name === "section" ? hit.section?.title : name === "url" ? hit.url : hit.meta[name]) ?? "";
  }
  for (const place of made.querySelectorAll("[data-src]")) {
    const src = safeUrl(hit.meta[place.getAttribute("data-src") ?? ""] ?? "javascript:", base);
    if (src) place.setAttribute("src", src);
    else place.remove();
  }
  return made;
}
