/**
 * The preview: two views, and the state of the index above them.
 *
 * @module
 */

import { about, follow } from "./api.js";
import { byId } from "./dom.js";
import { startSearch } from "./search.js";
import { text, translate } from "./strings.js";
import { startTokens } from "./tokens.js";

const VIEWS = ["search", "tokens"];

translate();
const searchAgain = startSearch();
const analyzeAgain = startTokens();

/** Shows the view that the address names. */
function view() {
  const name = VIEWS.find((name) => location.hash === `#${name}`) ?? "search";
  for (const other of VIEWS) {
    byId(`${other}-view`, HTMLElement).hidden = other !== name;
    const link = document.querySelector(`nav a[href="#${other}"]`);
    if (other === name) link?.setAttribute("aria-current", "page");
    else link?.removeAttribute("aria-current");
  }
}
addEventListener("hashchange", view);
view();

/**
 * @param {string} state `live`, `broken` or `offline`.
 * @param {string} message
 */
function say(state, message) {
  const place = byId("live", HTMLParagraphElement);
  place.dataset.state = state;
  place.textContent = message;
}

/** The version that is shown; none before the first. */
let shown = -1;

follow(
  async ({ version, error }) => {
    if (error) say("broken", text("broken", { error }));
    else say("live", text("live"));
    if (version === shown) return;
    shown = version;
    searchAgain();
    analyzeAgain();
    const { index, documents } = await about();
    byId("about", HTMLParagraphElement).textContent = text("about", { index, documents });
  },
  () => {
    // Another server may answer next, which counts from 0 again.
    shown = -1;
    say("offline", text("offline"));
  },
);
