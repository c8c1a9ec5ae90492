/**
 * Draws what was found. Text becomes text nodes, never markup.
 *
 * @module
 */

import { icon, make } from "./dom.js";
import { highlighted } from "./ranges.js";
import { safeUrl } from "./safe-url.js";

/** @import { Values } from "./dom.js" */
/** @import { FoundHit, Section } from "./session.js" */
/** @import { Strings } from "./strings.js" */

/**
 * How hits become links, and what stands in them.
 *
 * @typedef {object} HitOptions
 * @property {Strings} strings
 * @property {(hit: FoundHit, section?: Section) => string | undefined} link
 * @property {string} base What addresses of images are relative to.
 * @property {Values} attributes Of all options.
 * @property {(hit: FoundHit, link: Values) => any} render The page's own way to draw a hit, as a node
 *   or text; where it gives nothing, ours.
 */

/**
 * Draws hits into the groups of a listbox: exact ones, and related ones under a heading of their own;
 * where there are several indexes, both of each.
 *
 * @param {HTMLElement} list
 * @param {Map<string, HTMLElement>} groups Those that stand in the list, by their names.
 * @param {FoundHit[]} hits
 * @param {number} from The first of them that is to be drawn.
 * @param {number} to Where to stop.
 * @param {HitOptions} options
 */
export function drawHits(list, groups, hits, from, to, options) {
  const { strings } = options;
  hits.slice(from, to).forEach((hit, number) => {
    const kind = hit.exact ? strings.exact : strings.related;
    const name = hit.source ? `${hit.source} · ${kind}` : kind;
    let made = groups.get(name);
    if (!made) {
      groups.set(name, (made = group(name, Boolean(hit.source) || !hit.exact)));
      list.append(made);
    }
    made.append(...hitOptions(hit, from + number, options));
  });
}

/**
 * @param {string} name
 * @param {boolean} visible Whether the name can be read.
 */
function group(name, visible) {
  const heading = visible ? [make("p.heading", { "aria-hidden": "true" }, name)] : [];
  return make("div.group", { role: "group", "aria-label": name }, ...heading);
}

/**
 * A hit and its sections, each an option that is a link, so that every way of opening links works.
 *
 * @param {FoundHit} hit
 * @param {number} at
 * @param {HitOptions} options
 */
export function hitOptions(hit, at, { strings, link, base, attributes, render }) {
  const { title, titleHighlights, section, sections = [], meta } = hit;
  // A document's own language makes the browser draw its characters in the right shapes.
  const lang = /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(meta["lang"] ?? "") && meta["lang"];
  const shared = { ...attributes, lang, "data-hit": at };
  const href = link(hit);
  const own = render(hit, { href, ...attributes });
  // A link of its own is the one that is followed.
  if (own) return [option("option", `hit-${at}`, own.querySelector?.("a[href]") ? undefined : href, shared, own)];
  const name = make("span", { dir: "auto" }, make("span.title", {}, ...highlighted(title, titleHighlights)));
  if (section && section.title !== title && !sections.length) name.append(make("span.path", {}, ` › ${section.title}`));
  const image = meta["image"] && safeUrl(meta["image"], base);
  const inside = [name, about(hit, strings)];
  // The best section shows the passage; twice would be once too often.
  if (!sections.some(({ snippet }) => snippet.text === hit.snippet.text)) inside.splice(1, 0, passage(hit.snippet));
  if (image) inside.unshift(make("img.image", { src: image, alt: "", loading: "lazy", width: 72, height: 72 }));
  return [
    option("option", `hit-${at}`, href, shared, ...inside),
    ...sections.map((one, number) =>
      option("option.section", `hit-${at}-${number}`, link(hit, one), shared, make("span.title", { dir: "auto" }, one.title), passage(one.snippet)),
    ),
  ];
}

/**
 * @param {string} parts
 * @param {string} id
 * @param {string | undefined} href
 * @param {Values} attributes
 * @param {...(string | Node)} children
 */
function option(parts, id, href, attributes, ...children) {
  return make(`${href ? "a" : "div"}.${parts}`, { id, role: "option", "aria-selected": "false", href, ...attributes }, ...children);
}

/** @param {FoundHit["snippet"]} snippet */
function passage({ text, highlights }) {
  return make("span.snippet", { dir: "auto" }, ...highlighted(text, highlights));
}

/**
 * Date, source and address, as far as they are known.
 *
 * @param {FoundHit} hit
 * @param {Strings} strings
 */
function about({ meta, url }, { fields }) {
  const line = make("span.meta");
  const source = meta["source"] ?? meta["author"];
  // The spaces are for screen readers, which would run them together.
  if (meta["date"]) line.append(make("time", { title: fields["date"] }, meta["date"]), " ");
  if (source) line.append(make("span", {}, source), " ");
  line.append(make("span", {}, url.replace(/^https?:\/\//, "")));
  return line;
}

/**
 * Recent searches, as options that are searched when they are chosen.
 *
 * @param {string[]} queries
 * @param {string} name
 */
export function recentGroup(queries, name) {
  const made = group(name, true);
  made.append(
    ...queries.map((query, at) =>
      option("option.recent", `recent-${at}`, undefined, { "data-query": query }, icon("recent"), make("span", {}, query)),
    ),
  );
  return made;
}

/**
 * What failed, and a way to try again.
 *
 * @param {unknown} error
 * @param {Strings} strings
 * @param {() => void} retry
 */
export function failure(error, strings, retry) {
  const code = /** @type {{ code?: string }} */ (error)?.code ?? "internal";
  return make("div", { role: "alert" }, make("p", {}, `${strings.error} (${code})`), push(strings.retry, retry, "retry"));
}

/**
 * A button.
 *
 * @param {string} name
 * @param {() => void} action
 * @param {string} [part]
 */
export function push(name, action, part = "") {
  const button = make(`button.push${part && `.${part}`}`, {}, name);
  button.addEventListener("click", action);
  return button;
}
