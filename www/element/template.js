/**
 * A hit drawn by a template of the page's:
 *
 *     <template slot="result"><b data-text="title"></b> <i data-text="author"></i></template>
 *
 * @module
 */

import { setAttributes } from "./dom.js";
import { highlighted } from "./ranges.js";

/** @import { Values } from "./dom.js" */
/** @import { FoundHit } from "./session.js" */

/**
 * @param {HTMLTemplateElement} template
 * @param {FoundHit} hit
 * @param {Values} link What the links with `data-href` get.
 */
export function filled(template, { title, titleHighlights, snippet, section, url, meta }, link) {
  const made = document.importNode(template.content, true);
  /** @type {Record<string, FoundHit["snippet"] | undefined>} */
  const marked = { title: { text: title, highlights: titleHighlights }, snippet };
  /** @type {Record<string, string | undefined>} */
  const plain = { ...meta, section: section?.title, url };
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (made.querySelectorAll("[data-text]"))) {
    const name = /** @type {string} */ (place.dataset["text"]);
    const { text, highlights } = marked[name] ?? { text: plain[name] ?? "", highlights: [] };
    place.replaceChildren(...highlighted(text, highlights));
  }
  for (const place of made.querySelectorAll("a[data-href]")) setAttributes(place, link);
  return made;
}
