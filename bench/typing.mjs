// What runs in the page: notes how long it takes from a key to painted results, and what got in the way.

/** Milliseconds from each key to the frame after its results. @type {number[]} */
const latencies = [];
let shift = 0;
/** When the last key was. */
let pressed = 0;
/** The query whose results are waited for. @type {string | undefined} */
let expected;
let resolve = () => {};
/** Once they are painted. @type {Promise<void>} */
let done;

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) shift += /** @type {any} */ (entry).value;
}).observe({ type: "layout-shift", buffered: true });
addEventListener("input", ({ timeStamp }) => (pressed = timeStamp), { capture: true });

/** To be called when the results of a query are in the page. @param {string} query */
export function shown(query) {
  if (query !== expected) return;
  expected = undefined;
  // Behind the frame that has them.
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      latencies.push(performance.now() - pressed);
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** To be called before the key that makes this query. @param {string} query */
export function expect(query) {
  expected = query;
  done = new Promise((painted) => (resolve = painted));
}

/** Waits until its results are painted. */
export const painted = () => done;

/** All that was noted, the opening among it. */
export const figures = () => ({ latencies, shift });

/**
 * Puts the cursor where it is to be typed, as visitors do: in a page that they see, and before they type.
 *
 * @param {HTMLElement} box
 */
async function enter(box) {
  await frame();
  box.focus();
  await frame();
}

/** Waits until the next frame is made. @returns {Promise<void>} */
const frame = () => new Promise((made) => requestAnimationFrame(() => setTimeout(made)));

/** A field that searches nothing: what the browser takes to show a key. */
export async function field() {
  const field = document.createElement("input");
  field.addEventListener("input", () => shown(field.value));
  document.body.append(field);
  await enter(field);
}

/**
 * A box that is as bare as can be, over the index in `/search/`.
 *
 * @param {boolean} worker
 */
export async function bare(worker) {
  const { open } = await import(/** @type {any} */ ("/search/suoyin.js"));
  const index = await open(undefined, { worker });
  const field = document.createElement("input");
  const list = document.createElement("ol");
  let turn = new AbortController();
  field.addEventListener("input", async () => {
    turn.abort();
    turn = new AbortController();
    const query = field.value;
    const results = await index.search(query, { limit: 10, signal: turn.signal }).catch(() => undefined);
    if (!results) return;
    list.replaceChildren(...results.hits.map(item));
    shown(query);
  });
  document.body.append(field, list);
  await enter(field);
}

/** A box as it is, over the same index. */
export async function element() {
  await import(/** @type {any} */ ("/search/suoyin-search.js"));
  addEventListener("suoyin-results", (event) => shown(/** @type {CustomEvent} */ (event).detail.query));
  const box = document.createElement("suoyin-search");
  box.setAttribute("src", "/search/");
  document.body.append(box);
  await enter(box);
}

/** @param {any} hit */
function item({ title, snippet }) {
  const item = document.createElement("li");
  const name = document.createElement("b");
  const passage = document.createElement("p");
  name.textContent = title;
  let at = 0;
  for (const [start, end] of snippet.highlights) {
    const mark = document.createElement("mark");
    mark.textContent = snippet.text.slice(start, end);
    passage.append(snippet.text.slice(at, start), mark);
    at = end;
  }
  passage.append(snippet.text.slice(at));
  item.append(name, passage);
  return item;
}
