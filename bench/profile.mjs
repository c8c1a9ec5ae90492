// Where queries of four characters spend their time, by Chromium's own sampling profiler.
//
// The engine must be one with names in it. What the compiler put inside another function counts as
// that one.

/**
 * @typedef {object} Share A function's share of the time.
 * @property {string} name
 * @property {number} alone In itself.
 * @property {number} within In itself and what it calls.
 */

/** How long is sampled, in milliseconds. */
const DURATION = 4000;

/**
 * @param {any} page
 * @param {import("./draw.mjs").Kind[]} kinds
 * @returns {Promise<Share[]>} The functions, those with the most time in themselves first.
 */
export async function profile(page, kinds) {
  const kind = kinds.find(({ name }) => name === "4 characters") ?? kinds[0];
  const session = await page.context().newCDPSession(page);
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: 100 });
  await session.send("Profiler.start");
  await page.evaluate(
    async (/** @type {[string[], number]} */ [queries, duration]) => {
      const { time } = await import("/page.mjs");
      const started = performance.now();
      while (performance.now() - started < duration) time(queries);
    },
    [kind?.queries ?? [], DURATION],
  );
  const { profile } = await session.send("Profiler.stop");
  return byFunction(profile);
}

/**
 * @param {{ nodes: { id: number, callFrame: { functionName: string }, children?: number[] }[], samples: number[] }} profile
 * @returns {Share[]}
 */
function byFunction({ nodes, samples }) {
  /** The functions that are under way at each node, outermost first. @type {Map<number, string[]>} */
  const stacks = new Map();
  // A node comes before those it calls.
  for (const { id, callFrame, children = [] } of nodes) {
    const stack = [...(stacks.get(id) ?? []), readable(callFrame.functionName)];
    stacks.set(id, stack);
    for (const child of children) stacks.set(child, stack);
  }
  /** @type {Map<string, Share>} */
  const shares = new Map();
  const share = (/** @type {string} */ name) => {
    const share = shares.get(name) ?? { name, alone: 0, within: 0 };
    shares.set(name, share);
    return share;
  };
  for (const sample of samples) {
    const stack = stacks.get(sample) ?? [];
    share(stack.at(-1) ?? "").alone += 1 / samples.length;
    for (const name of new Set(stack)) share(name).within += 1 / samples.length;
  }
  return [...shares.values()].sort((a, b) => b.alone - a.alone);
}

/** A function's name without what the compiler adds to it. @param {string} name */
function readable(name) {
  return name.replace(/\[[0-9a-f]{16}\]/g, "").replace(/::h[0-9a-f]{16}$/, "") || "(anonymous)";
}
