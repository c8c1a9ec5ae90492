/**
 * `suoyin-highlight.js`: marks what `?highlight=` says, once the page is there. Escape takes the marks
 * away.
 *
 *     <script src="/search/suoyin-highlight.js" defer></script>
 *
 * `data-src` names the folder of the index, if it is not the script's own; `data-param` another
 * parameter of the address; `data-root` where to look, as a selector. When all is marked, the document
 * gets an event `suoyin-highlight` whose `detail.count` says how many marks there are.
 *
 * @module
 */

import { clear, highlight } from "../highlight.js";

// A script that is loaded as a module is not the current one.
const script = /** @type {HTMLScriptElement | null} */ (
  document.currentScript ?? document.querySelector("script[src*=suoyin-highlight]")
);
const { src = script?.src, param, root } = script?.dataset ?? {};

async function start() {
  const count = await highlight({ src, param, root });
  document.dispatchEvent(new CustomEvent("suoyin-highlight", { detail: { count } }));
  if (!count) return;
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) clear();
  });
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", run);
else run();

function run() {
  start().catch((error) => console.warn(String(error)));
}
