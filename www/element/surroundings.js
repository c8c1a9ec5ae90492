/**
 * What the box takes from the page around it: language, direction and colour scheme.
 *
 * @module
 */

/** @type {Set<() => void>} */
const watching = new Set();
/** One for all boxes. @type {MutationObserver | undefined} */
let observer;

/**
 * Calls `changed` whenever the page's language, direction or scheme may have changed.
 *
 * @param {() => void} changed
 * @returns {() => void} Ends it.
 */
export function watchSurroundings(changed) {
  watching.add(changed);
  observer ??= new MutationObserver(() => watching.forEach((one) => one()));
  observer.observe(document, { subtree: true, attributes: true, attributeFilter: ["lang", "dir", "data-theme"] });
  return () => {
    watching.delete(changed);
    if (watching.size === 0) observer?.disconnect();
  };
}

/**
 * The nearest value of an attribute, out of shadow trees too.
 *
 * @param {Element} element
 * @param {string} name
 * @returns {string | undefined}
 */
export function nearest(element, name) {
  for (let at = /** @type {Element | null} */ (element); at; ) {
    const found = at.closest(`[${name}]`);
    if (found) return found.getAttribute(name) ?? undefined;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return undefined;
}
