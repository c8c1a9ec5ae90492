/**
 * The playground: what becomes of a text.
 *
 * @module
 */

import * as api from "./api.js";
import { byId, element, marked, onTyped } from "./dom.js";
import { text } from "./strings.js";

const SAMPLE = "新時代文明實踐中心 2023-02-28 Café ＡＰＰ 𠮷野家🍙";

/** Starts; gives what analyzes again. */
export function startTokens() {
  const field = byId("text", HTMLTextAreaElement);
  const form = byId("tokens-form", HTMLFormElement);
  const source = byId("source", HTMLParagraphElement);
  const place = byId("tokens", HTMLDivElement);

  const run = api.latest(
    async (signal) => {
      const asked = field.value;
      const side = String(new FormData(form).get("side"));
      return { asked, ...(await api.tokens(asked, side, signal)) };
    },
    ({ asked, tokens }) => {
      source.replaceChildren(asked);
      place.replaceChildren(tokens.length ? table(tokens, asked, source) : text("noTokens"));
    },
    (error) => {
      source.replaceChildren();
      place.replaceChildren(error.message);
    },
  );
  onTyped(field, run);
  form.addEventListener("change", run);
  form.addEventListener("submit", (event) => event.preventDefault());
  field.value = SAMPLE;
  return run;
}

/**
 * @param {api.Token[]} tokens
 * @param {string} asked
 * @param {HTMLElement} source Shows where the token under the pointer stands.
 */
function table(tokens, asked, source) {
  const heads = /** @type {const} */ (["position", "token", "source", "bytes"]).map((key) => element("th", "", text(key)));
  const rows = tokens.map((token) => {
    const [start, end] = token.utf16;
    const row = element(
      "tr",
      "",
      element("td", "number", String(token.position)),
      element("th", "", token.text),
      element("td", "", asked.slice(start, end)),
      element("td", "number", token.bytes.join("–")),
    );
    row.tabIndex = 0;
    const show = () => source.replaceChildren(...marked(asked, [token.utf16]));
    row.addEventListener("pointerenter", show);
    row.addEventListener("focus", show);
    return row;
  });
  const all = element("table", "", element("thead", "", element("tr", "", ...heads)), element("tbody", "", ...rows));
  all.addEventListener("pointerleave", () => source.replaceChildren(asked));
  return all;
}
