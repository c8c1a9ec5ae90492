// How long searching and opening take in Chromium: node queries.mjs JOB.json
//
// The job names the files: `engine` (the folder of the module), `client` (www/client.js), `index` and
// `texts` (its documents, as JSON lines with id, title, text), and says how many `queries` of each
// kind there are and how many `runs`. Figures come out as JSON; milliseconds throughout.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { draw } from "./draw.mjs";
import { profile } from "./profile.mjs";
import { launch, serve } from "./site.mjs";
import { judge } from "./truth.mjs";

/** The page that opens an index the way any page does, and says when it has its first result. */
const OPENING = `<!doctype html><meta charset="utf-8"><title>opening</title>
<script type="module">
  import { open } from "/client.js";
  const started = performance.now();
  const index = await open("/index.suoyin");
  const opened = performance.now();
  const { hits } = await index.search(decodeURIComponent(location.hash.slice(1)));
  const shown = performance.now();
  globalThis.opening = { script: started, open: opened - started, search: shown - opened, total: shown, hits: hits.length };
</script>`;

const job = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const documents = readFileSync(job.texts, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
const kinds = draw(documents, job.queries);

const site = await serve({
  "/blank.html": new TextEncoder().encode("<!doctype html><title>bench</title>"),
  "/opening.html": new TextEncoder().encode(OPENING),
  "/page.mjs": fileURLToPath(new URL("page.mjs", import.meta.url)),
  "/client.js": job.client,
  "/pkg/suoyin.js": `${job.engine}/suoyin.js`,
  "/pkg/suoyin_bg.wasm": `${job.engine}/suoyin_bg.wasm`,
  "/index.suoyin": job.index,
});
const browser = await launch();
try {
  const opening = await measureOpening();
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.address}blank.html`);
  const { documents: count, ...steps } = await call(page, "start", job.runs);
  // Any queries will do to have the engine's code compiled to its last tier.
  for (const { queries } of kinds) await call(page, "time", queries);
  const figures = [];
  for (const kind of kinds) figures.push(await measure(page, kind));
  const profiled = job.profile ? await profile(page, kinds) : undefined;
  const version = browser.version();
  console.log(JSON.stringify({ chromium: version, documents: count, opening, ...steps, kinds: figures, profile: profiled }));
} finally {
  await browser.close();
  site.close();
}

/** From the start of a navigation to the first result, each time in a browser profile of its own. */
async function measureOpening() {
  const query = kinds.find(({ name }) => name === "4 characters")?.queries[0] ?? kinds[0]?.queries[0] ?? "";
  const openings = [];
  for (let run = 0; run < job.runs; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${site.address}opening.html#${encodeURIComponent(query)}`);
    await page.waitForFunction("globalThis.opening");
    openings.push(await page.evaluate("globalThis.opening"));
    await context.close();
  }
  return openings;
}

/**
 * Times one kind of queries: in an index just opened, then warm.
 *
 * @param {any} page
 * @param {import("./draw.mjs").Kind} kind
 */
async function measure(page, kind) {
  await call(page, "reopen");
  const cold = await call(page, "time", kind.queries);
  await call(page, "time", kind.queries);
  const runs = [];
  for (let run = 0; run < job.runs; run += 1) runs.push(await call(page, "time", kind.queries));
  const perQuery = kind.queries.map((_, i) => runs.map(({ times }) => times[i]).sort((a, b) => a - b));
  return {
    name: kind.name,
    queries: kind.queries.length,
    cold: quantiles(cold.times),
    // What each query takes when nothing gets in its way, and what it took in the middle.
    warm: quantiles(perQuery.map((times) => times[0])),
    median: quantiles(perQuery.map((times) => times[times.length >> 1])),
    all: quantiles(perQuery.flat()),
    mean: Math.min(...runs.map(({ mean }) => mean)),
    engine: Math.min(...runs.map(({ engine }) => engine)),
    verdict: kind.substring ? judge(documents, kind, await call(page, "answers", kind.queries)) : undefined,
  };
}

/** @param {number[]} times */
function quantiles(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: sorted.at(-1) };
}

/**
 * Calls a function of page.mjs in the page.
 *
 * @param {any} page
 * @param {string} name
 * @param {unknown} [argument]
 */
function call(page, name, argument) {
  return page.evaluate(
    async (/** @type {[string, unknown]} */ [name, argument]) => (await import("/page.mjs"))[name](argument),
    [name, argument],
  );
}
