/**
 * The search box, its hits, and why they stand where they do.
 *
 * @module
 */

import * as api from "./api.js";
import { byId, element, marked, onTyped, webAddress } from "./dom.js";
import { text } from "./strings.js";

/** Hits at once. */
const PAGE = 10;

/** Starts; gives what searches again. */
export function startSearch() {
  const query = byId("query", HTMLInputElement);
  const summary = byId("summary", HTMLParagraphElement);
  const list = byId("hits", HTMLOListElement);
  const more = byId("more", HTMLButtonElement);
  let limit = PAGE;

  const run = api.latest(
    (signal) => api.search(query.value, limit, signal),
    ({ total, related, hits, took }) => {
      // Explanations that are open stay so, with the figures of now.
      const open = new Set([...list.querySelectorAll("details[open]")].map((d) => d.getAttribute("data-id")));
      const key = total + related ? "found" : "nothing";
      summary.textContent = query.value.trim() ? text(key, { total, related, took: took.toFixed(2) }) : "";
      const asked = query.value;
      list.replaceChildren(...hits.map((hit) => item(hit, asked, open.has(hit.id))));
      more.hidden = hits.length < limit || hits.length >= total + related;
    },
    (error) => {
      summary.textContent = error.message;
      list.replaceChildren();
      more.hidden = true;
    },
  );

  const typed = () => {
    limit = PAGE;
    const url = new URL(location.href);
    if (query.value) url.searchParams.set("q", query.value);
    else url.searchParams.delete("q");
    history.replaceState(null, "", url);
    run();
  };
  onTyped(query, typed);
  byId("search-form", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    typed();
  });
  more.addEventListener("click", () => {
    limit += PAGE;
    run();
  });
  query.value = new URL(location.href).searchParams.get("q") ?? "";
  return run;
}

/**
 * @param {api.Hit} hit
 * @param {string} query
 * @param {boolean} open Whether its explanation is.
 */
function item(hit, query, open) {
  const address = webAddress(hit.url);
  const title = marked(hit.title || hit.id, hit.title ? hit.titleHighlights : []);
  const heading = element("h2", "");
  if (address) {
    const link = element("a", "", ...title);
    link.href = address;
    heading.append(link);
  } else {
    heading.append(...title);
  }
  const kind = hit.exact ? "exact" : "related";
  const section = hit.section ? ` › ${hit.section.title}` : "";
  const place = element("p", "place", element("span", kind, text(kind)), ` ${hit.url}${section}`);
  const snippet = element("p", "snippet", ...marked(hit.snippet.text, hit.snippet.highlights));
  return element("li", "", heading, place, snippet, why(hit, query, open));
}

/**
 * @param {api.Hit} hit
 * @param {string} query
 * @param {boolean} open
 */
function why(hit, query, open) {
  const score = element("span", "score", hit.score.toFixed(3));
  const details = element("details", "", element("summary", "", text("why"), " ", score));
  details.dataset.id = hit.id;
  details.addEventListener("toggle", async () => {
    if (!details.open || details.childElementCount > 1) return;
    const answer = await api.explain(query, hit.id).then(table, (error) => element("p", "", error.message));
    details.append(answer);
  });
  details.open = open;
  return details;
}

/** @param {api.Explanation} explanation */
function table({ terms, characters, headings, script, score, titleLength, textLength }) {
  const most = Math.max(...terms.map((term) => term.score), Number.MIN_VALUE);
  const heads = ["term", "termFreq", "docFreq", "score"].map((key) => {
    const field = key === "termFreq" || key === "docFreq" ? ` (${text("inTitle")} + ${text("inText")})` : "";
    return element("th", "", text(/** @type {"term"} */ (key)) + field);
  });
  const rows = terms.map((term) => {
    const name = term.byPrefix ? text("byPrefix", { term: term.term }) : term.term;
    const bar = element("span", "bar");
    bar.style.width = `${(100 * term.score) / most}%`;
    return element(
      "tr",
      term.score ? "" : "absent",
      element("th", "", name),
      element("td", "", `${term.title.termFreq} + ${term.text.termFreq}`),
      element("td", "", `${term.title.docFreq} + ${term.text.docFreq}`),
      element("td", "", `${term.title.score.toFixed(3)} + ${term.text.score.toFixed(3)}`, element("div", "", bar)),
    );
  });
  /** @param {"characters" | "headings" | "script" | "sum"} name @param {number} score */
  const row = (name, score) =>
    element("tr", "", element("th", "", text(name)), element("td", ""), element("td", ""), element("td", "", score.toFixed(3)));
  if (characters) rows.push(row("characters", characters));
  if (headings) rows.push(row("headings", headings));
  if (script) rows.push(row("script", script));
  return element(
    "div",
    "explanation",
    element("table", "", element("thead", "", element("tr", "", ...heads)), element("tbody", "", ...rows), element("tfoot", "", row("sum", score))),
    element("p", "", text("lengths", { title: titleLength, text: textLength })),
  );
}
