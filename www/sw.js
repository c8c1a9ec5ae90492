/**
 * Lets the pages in this folder work without a network. What is online is always newer; what was kept
 * is taken when the network fails.
 */
{
  const worker = /** @type {any} */ (self);
  const KEPT = "suoyin-demo";

  /** What the offline page needs, relative to this script. */
  const NEEDED = [
    "offline.html", "icon.svg", "page.css", "theme.js", "page-frame.js", "page-offline.js", "sw.js",
    "search/suoyin-search.js", "search/suoyin.js", "search/suoyin.wasm",
    "search/suoyin-suggest.js", "search/suoyin-suggest.wasm",
  ];

  /** Past the browser's own cache, which may have an older one of these. */
  const keepAll = async () => {
    const cache = await caches.open(KEPT);
    await cache.addAll(NEEDED.map((path) => new Request(path, { cache: "reload" })));
  };

  /** @param {Request} request */
  const answer = async (request) => {
    const cache = await caches.open(KEPT);
    try {
      const response = await fetch(request);
      if (response.ok) cache.put(request, response.clone());
      return response;
    } catch (error) {
      // A page is the same whatever is searched for in it.
      const kept = await cache.match(request, { ignoreSearch: true });
      if (kept) return kept;
      throw error;
    }
  };

  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keepAll()));
  // The first visit counts already.
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const { method, url } = event.request;
    if (method === "GET" && new URL(url).origin === location.origin) event.respondWith(answer(event.request));
  });
}
