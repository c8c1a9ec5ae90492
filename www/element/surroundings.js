/**
 * What the box takes from the page around it: language and colour scheme; the direction is inherited.
 *
 * @module
 */

/** @type {Set<() => void>} */
const watching = new Set();
/** One for all boxes. @type {MutationObserver | undefined} */
let observer;

/**
 * Calls `changed` whenever the page's language or scheme may have changed.
 *
 * @param {() => void} changed
 * @returns {() => void} Ends it.
 */
export function watchSurroundings(changed) {
  watching.add(changed);
  observer ??= new MutationObserver(() => watching.forEach((one) => one()));
  observer.observe(document, { subtree: true, attributeFilter: ["lang", "data-theme"] });
  observer.observe(document.documentElement, { attributeFilter: ["class"] });
  return () => {
    watching.delete(changed);
    if (watching.size === 0) observer?.disconnect();
  };
}

/**
 * The nearest element that a selector fits, out of shadow trees too.
 *
 * @param {Element} element
 * @param {string} selector
 * @returns {Element | null}
 */
export function nearest(element, selector) {
  const found = element.closest(selector);
  const root = element.getRootNode();
  return found || !(root instanceof ShadowRoot) ? found : nearest(root.host, selector);
}

/** The nearest scheme: what `data-theme` says, or dark inside of `.dark`. @param {Element} element */
export function schemeOf(element) {
  const found = nearest(element, "[data-theme],.dark");
  return found ? found.getAttribute("data-theme") ?? "dark" : "";
}
