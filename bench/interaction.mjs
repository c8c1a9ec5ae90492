// How a page with a search box behaves while somebody types: node interaction.mjs JOB.json
//
// The job names the `folder` of an index as `suoyin build --layout module` writes it and its `texts`
// (JSON lines with title and text), and says how many `queries` of each kind are typed. A field that
// searches nothing tells what the browser itself takes; a box that is as bare as can be is measured
// with the index on the page's thread and in a worker, and then `<suoyin-search>`, if its script lies in
// the folder; each on a processor as it is and on one that is four times slower. Figures come out as
// JSON, in milliseconds.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { draw } from "./draw.mjs";
import { launch, serve } from "./site.mjs";

const KINDS = ["2 characters", "4 characters", "question", "Latin word"];

/** What the browser calls a task, and where it notes it. */
const TASK = "RunTask";
const TRACED = ["disabled-by-default-devtools.timeline", "__metadata"];

/** Milliseconds from a key to the next at least: faster than people type, but no key pays for the rest of the last one. */
const PACE = 100;

/** How much slower than it is the processor is made. */
const SLOWER = [1, 4];

/** It names its fonts, as Chinese pages do: to look for one that has a character takes longer than all else. */
const PAGE = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>typing</title><link rel="icon" href="data:,">
<style>body{font-family:"Noto Sans CJK SC",sans-serif}</style>`;

const job = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const documents = readFileSync(job.texts, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
const queries = draw(documents, job.queries).filter(({ name }) => KINDS.includes(name)).flatMap(({ queries }) => queries);
const files = readdirSync(job.folder).filter((name) => statSync(join(job.folder, name)).isFile());
const browser = await launch();
const site = await serve({
  ...Object.fromEntries(files.map((name) => [`/search/${name}`, join(job.folder, name)])),
  "/page.html": new TextEncoder().encode(PAGE),
  "/typing.mjs": fileURLToPath(new URL("typing.mjs", import.meta.url)),
});
try {
  const boxes = [
    { name: "a field alone", start: `field()` },
    { name: "bare, on the page's thread", start: `bare(false)` },
    { name: "bare, in a worker", start: `bare(true)` },
    ...(files.includes("suoyin-search.js") ? [{ name: "<suoyin-search>", start: `element()` }] : []),
  ];
  const measured = [];
  for (const { name, start } of boxes) {
    for (const slower of SLOWER) {
      const { tasks } = await measure(start, slower, true);
      // Tracing takes time of every task.
      measured.push({ name, slower, ...(await measure(start, slower, false)), tasks });
    }
  }
  console.log(JSON.stringify({ chromium: browser.version(), documents: documents.length, boxes: measured }));
} finally {
  await browser.close();
  site.close();
}

/**
 * Types all queries into a box, in a profile of its own.
 *
 * @param {string} start
 * @param {number} slower
 * @param {boolean} traced
 */
async function measure(start, slower, traced) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await page.goto(`${site.address}page.html`);
  await page.evaluate(`import("/typing.mjs").then((typing) => { globalThis.typing = typing; })`);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
  if (traced) await browser.startTracing(page, { categories: TRACED });
  await page.evaluate(`typing.${start}`);
  let pressed = 0;
  const rested = async () => {
    await setTimeout(Math.max(0, pressed + PACE - performance.now()));
    pressed = performance.now();
  };
  for (const query of queries) {
    let typed = "";
    for (const character of query) {
      typed += character;
      await page.evaluate(`typing.expect(${JSON.stringify(typed)})`);
      await rested();
      await page.keyboard.insertText(character);
      await page.evaluate("typing.painted()");
    }
    await rested();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
  }
  const { latencies, shift } = /** @type {any} */ (await page.evaluate("typing.figures()"));
  const tasks = traced ? tasksOf(JSON.parse((await browser.stopTracing()).toString()).traceEvents) : undefined;
  await context.close();
  latencies.sort((/** @type {number} */ a, /** @type {number} */ b) => a - b);
  const at = (/** @type {number} */ share) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))];
  return { keys: latencies.length, p50: at(0.5), p95: at(0.95), max: latencies.at(-1), tasks, shift };
}

/**
 * The longest task of the page's thread, and how many kept it for more than 50 ms: in time of the
 * processor, which other programs do not add to.
 *
 * @param {any[]} events
 */
function tasksOf(events) {
  const isThread = ({ name, args }) => name === "thread_name" && args.name === "CrRendererMain";
  const threads = new Set(events.filter(isThread).map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = events.filter(({ name, pid, tid }) => name === TASK && threads.has(`${pid} ${tid}`));
  const times = tasks.map(({ tdur = 0 }) => tdur / 1000);
  return { count: times.length, long: times.filter((time) => time > 50).length, longest: Math.max(0, ...times) };
}
