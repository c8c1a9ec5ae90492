// How long searching and opening take in Chromium: node queries.mjs JOB.json
//
// The job names the files: `engine` (the folder of the module), `client` (www/client.js), `index` and
// `texts` (its documents, as JSON lines with id, title, text), and says how many `queries` of each
// kind there are and how many `runs`. It may have a `module` with the index in it, to be opened too,
// and an `engineWithNames`, for a profile. Figures come out as JSON; milliseconds throughout.
import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { draw } from "./draw.mjs";
import { profile } from "./profile.mjs";
import { launch, serve } from "./site.mjs";
import { judge } from "./truth.mjs";

/** A page that opens an index the way any page does, and says when it had its first result. */
const OPENING = `<!doctype html><meta charset="utf-8"><title>opening</title><link rel="icon" href="data:,">
<script type="module">
  import { open } from "/client.js";
  const [source, query] = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  const script = performance.now();
  const index = await open(source ?? undefined);
  const opened = performance.now();
  await index.search(query);
  globalThis.opening = { script, open: opened - script, result: performance.now() - script };
</script>`;

const job = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const documents = readFileSync(job.texts, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
const kinds = draw(documents, job.queries);
const browser = await launch();
try {
  const openingModule = job.module && await withSite(job.module, (address) => measureOpening(address, null));
  const figures = await withSite(job.engine, async (address) => {
    const openingFile = await measureOpening(address, "/index.suoyin");
    const page = await blank(address);
    const { documents, ...steps } = await call(page, "start", job.runs);
    // Any queries will do to have the engine's code compiled to its last tier.
    for (const { queries } of kinds) await call(page, "time", queries);
    const measured = [];
    for (const kind of kinds) measured.push(await measure(page, kind));
    return { documents, openingFile, ...steps, kinds: measured };
  });
  const profiled = job.engineWithNames && await withSite(job.engineWithNames, async (address) => {
    const page = await blank(address);
    await call(page, "start", 1);
    return await profile(page, kinds);
  });
  console.log(JSON.stringify({ chromium: browser.version(), openingModule, ...figures, profile: profiled }));
} finally {
  await browser.close();
}

/**
 * Serves the page with this module as long as `use` takes.
 *
 * @template T
 * @param {string} engine
 * @param {(address: string) => Promise<T>} use
 */
async function withSite(engine, use) {
  const folder = `${dirname(job.client)}/client`;
  const client = readdirSync(folder).map((name) => [`/client/${name}`, `${folder}/${name}`]);
  const site = await serve({
    ...Object.fromEntries(client),
    "/blank.html": new TextEncoder().encode("<!doctype html><title>bench</title>"),
    "/opening.html": new TextEncoder().encode(OPENING),
    "/page.mjs": fileURLToPath(new URL("page.mjs", import.meta.url)),
    "/client.js": job.client,
    "/pkg/suoyin.js": `${engine}/suoyin.js`,
    "/pkg/suoyin_bg.wasm": `${engine}/suoyin_bg.wasm`,
    "/index.suoyin": job.index,
  });
  try {
    return await use(site.address);
  } finally {
    site.close();
  }
}

/** A page in which page.mjs can be called. @param {string} address */
async function blank(address) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${address}blank.html`);
  return page;
}

/**
 * From opening an index to its first result, each time in a browser profile of its own.
 *
 * @param {string} address
 * @param {string | null} source What is opened; without it, the index in the module.
 */
async function measureOpening(address, source) {
  const query = kinds.find(({ name }) => name === "4 characters")?.queries[0] ?? kinds[0]?.queries[0] ?? "";
  const hash = encodeURIComponent(JSON.stringify([source, query]));
  const openings = [];
  for (let run = 0; run < job.runs; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${address}opening.html#${hash}`);
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
  /** @type {{ times: number[], mean: number, engine: number }[]} */
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
