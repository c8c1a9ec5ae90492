/**
 * Making elements. What comes out of documents becomes text nodes, never markup.
 *
 * @module
 */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} name Of the class; empty for none.
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, name, ...children) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...children);
  return made;
}

/**
 * The element of the page with this id.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`#${id} is missing`);
  return found;
}

/**
 * `text` with its highlights marked.
 *
 * @param {string} text
 * @param {[start: number, end: number][]} highlights In UTF-16 code units, ascending.
 * @returns {(string | HTMLElement)[]}
 */
export function marked(text, highlights) {
  const parts = [];
  let done = 0;
  for (const [start, end] of highlights) {
    parts.push(text.slice(done, start), element("mark", "", text.slice(start, end)));
    done = end;
  }
  parts.push(text.slice(done));
  return parts;
}

/**
 * Where a hit may lead: the web. Relative addresses belong to the site, which is not here.
 *
 * @param {string} address
 */
export function webAddress(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

/**
 * Calls `act` with what a field holds: on every change, but not while a character is composed.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {() => void} act
 */
export function onTyped(field, act) {
  let composing = false;
  field.addEventListener("compositionstart", () => (composing = true));
  field.addEventListener("compositionend", () => {
    composing = false;
    act();
  });
  field.addEventListener("input", () => {
    if (!composing) act();
  });
}
