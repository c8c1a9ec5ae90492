// Where queries of four characters spend their time, by Chromium's own sampling profiler.
//
// The functions of the module have names only if it was compiled with them: wasm-opt strips them
// unless it is told `-g`.

/** How long is sampled, in milliseconds. */
const DURATION = 4000;

/**
 * @param {any} page
 * @param {import("./draw.mjs").Kind[]} kinds
 * @returns {Promise<{ name: string, share: number }[]>} Functions by the time in them alone.
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
  const names = new Map(profile.nodes.map((/** @type {any} */ { id, callFrame }) => [id, callFrame.functionName || "(anonymous)"]));
  /** @type {Map<string, number>} */
  const samples = new Map();
  for (const id of profile.samples) {
    const name = names.get(id);
    samples.set(name, (samples.get(name) ?? 0) + 1);
  }
  const all = profile.samples.length;
  return [...samples].map(([name, count]) => ({ name, share: count / all })).sort((a, b) => b.share - a.share);
}
