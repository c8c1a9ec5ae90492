/**
 * Where the indexes of a box lie, and the script that opens them.
 *
 * @module
 */

/** @import { AnyIndex } from "./session.js" */

/** @typedef {{ open: (source?: string, options?: object) => Promise<AnyIndex> }} Client */

/** Every index that was opened, or is being opened, by its address: boxes share them. @type {Map<string, Promise<AnyIndex>>} */
const indexes = new Map();
/** @type {Map<string, Promise<Client>>} */
const clients = new Map();
/** How often a script did not load: browsers remember modules that failed. */
let failures = 0;

/**
 * The script for an address, and what it must be told to open.
 *
 * @param {string} source A folder, which ends in `/`, or its `suoyin.js`, `suoyin.wasm` or `suoyin.root`.
 * @param {string} base
 * @returns {{ script: string, index: string | undefined }}
 */
export function locate(source, base) {
  const url = new URL(source, base);
  const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  if (name.endsWith(".js")) return { script: url.href, index: undefined };
  const script = new URL("suoyin.js", url).href;
  return { script, index: name === "" ? undefined : url.href };
}

/**
 * Opens an index; a second time it is the same one.
 *
 * @param {string} source
 * @returns {Promise<AnyIndex>}
 */
export function openSource(source) {
  const { script, index } = locate(source, document.baseURI);
  const key = index ?? script;
  let opened = indexes.get(key);
  if (!opened) {
    opened = client(script).then(({ open }) => open(index, { worker: true }));
    indexes.set(key, opened);
    opened.catch(() => indexes.delete(key));
  }
  return opened;
}

/** @param {string} script */
function client(script) {
  let loaded = clients.get(script);
  if (!loaded) {
    loaded = location.protocol === "file:" ? loadScript(script) : loadModule(script);
    clients.set(script, loaded);
    loaded.catch(() => {
      clients.delete(script);
      failures += 1;
    });
  }
  return loaded;
}

/**
 * @param {string} script
 * @returns {Promise<Client>}
 */
async function loadModule(script) {
  const url = new URL(script);
  if (failures) url.searchParams.set("retry", String(failures));
  const loaded = await import(url.href).catch((cause) => {
    throw failure(`${script} could not be loaded`, cause);
  });
  // A script with the index in it is no module, but runs as one.
  return loaded.open ? loaded : taken(script);
}

/**
 * Pages from a folder cannot load modules.
 *
 * @param {string} src
 * @returns {Promise<Client>}
 */
function loadScript(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => {
      script.remove();
      try {
        resolve(taken(src));
      } catch (error) {
        reject(error);
      }
    };
    script.onerror = (cause) => {
      script.remove();
      reject(failure(`${src} could not be loaded`, cause));
    };
    document.head.append(script);
  });
}

/**
 * What a classic script has left.
 *
 * @param {string} script
 * @returns {Client}
 */
function taken(script) {
  const { Suoyin } = /** @type {any} */ (globalThis);
  if (!Suoyin) throw failure(`${script} is no script that \`suoyin build\` wrote`);
  return { open: Suoyin.open };
}

/**
 * @param {string} message
 * @param {unknown} [cause]
 */
function failure(message, cause) {
  return Object.assign(new Error(message, { cause }), { code: "load-failed" });
}
