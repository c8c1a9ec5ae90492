// Pages that open an index and tell what came of it. They need no test library in the page: a
// browser, however it is driven, goes to an address, waits until there is text and reads it.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ASKED, SPOILT, comparable } from "./layouts.mjs";

/** @import { SearchResults } from "../www/client.js" */
/** @import { Corpus, Layouts } from "./layouts.mjs" */

/**
 * @typedef {object} Outcome
 * @property {SearchResults[]} [answers]
 * @property {boolean} [streamed] Whether the module was compiled while it arrived.
 * @property {string[]} [violations] Of the content security policy.
 * @property {number} [workers] How many were started.
 * @property {string} [name]
 * @property {string} [code]
 * @property {string} [message]
 * @property {string} [cause] Of the error, as the browser says it.
 */

/**
 * Where the pages can be had: at two origins, and as files.
 *
 * @typedef {{ home: string, other: string, layouts: Layouts }} Places
 */

/** @typedef {{ what: string, address: (places: Places) => string, check: (outcome: Outcome, layouts: Layouts) => void }} Case */

const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const FILES = {
  "page.html": `<!doctype html><meta charset="utf-8"><title>asking</title><pre></pre><script src="ask.js"></script>`,
  "script.html": `<!doctype html><meta charset="gb18030"><title>asking</title><pre></pre>
<script src="../docs/script/suoyin.js"></script><script src="ask.js"></script>`,
  "script-many.html": `<!doctype html><meta charset="utf-8"><title>asking</title><pre></pre>
<script src="../many/script/suoyin.js"></script><script src="ask.js"></script>`,
  "ask.js": `"use strict";
const violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
let workers = 0;
if (globalThis.Worker) {
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      workers += 1;
    }
  };
}
globalThis.outcome = async ({ script, source, options, queries }) => {
  let streamed = false;
  const { compileStreaming } = WebAssembly;
  if (compileStreaming) {
    WebAssembly.compileStreaming = (...args) => {
      streamed = true;
      return compileStreaming.apply(WebAssembly, args);
    };
  }
  try {
    const { open } = script ? await import(script) : globalThis.Suoyin;
    const index = await open(source, options);
    const answers = [];
    for (const query of queries) answers.push(await index.search(query));
    return { answers, streamed, violations, workers };
  } catch ({ name, code, message, cause }) {
    return { name, code, message, violations, workers, cause: String(cause) };
  }
};
if (globalThis.document) {
  const { worker, classic, ...job } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  const tell = (outcome) => {
    document.querySelector("pre").textContent = JSON.stringify(outcome);
  };
  if (worker) {
    const started = new Worker(...worker);
    started.onmessage = ({ data }) => tell(data);
    started.onerror = ({ message }) => tell({ message });
    started.postMessage(job);
  } else if (classic) {
    const script = Object.assign(document.createElement("script"), { src: classic });
    script.onload = () => outcome(job).then(tell);
    script.onerror = () => tell({ message: "the script did not load" });
    document.head.append(script);
  } else {
    outcome(job).then(tell);
  }
}
`,
  "classic-worker.js": `importScripts("ask.js", "../docs/script/suoyin.js");
onmessage = async ({ data }) => postMessage(await outcome(data));
`,
  "module-worker.js": `import "./ask.js";
onmessage = async ({ data }) => postMessage(await outcome(data));
`,
};

/** Writes the pages beside the layouts. @param {Layouts} layouts */
export function writePages({ folder }) {
  mkdirSync(join(folder, "pages"));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, "pages", name), text);
}

/**
 * @param {string} base
 * @param {string} page
 * @param {object} job
 * @param {string} [policy] What the server sends as content security policy.
 */
function address(base, page, job, policy) {
  const url = new URL(`pages/${page}`, base);
  if (policy) url.searchParams.set("policy", policy);
  url.hash = encodeURIComponent(JSON.stringify({ queries: ASKED.docs, ...job }));
  return url.href;
}

/** The same answers as the native command's. @param {Corpus} corpus */
const answers = (corpus) => (/** @type {Outcome} */ { answers, violations, message }, /** @type {Layouts} */ layouts) => {
  assert.ok(answers, message);
  for (const [at, query] of ASKED[corpus].entries()) {
    assert.deepEqual(comparable(answers[at] ?? assert.fail()), comparable(layouts.native(corpus, query)), query);
  }
  assert.deepEqual(violations, []);
};
const answersAll = answers("docs");

/** @param {string} expected */
const fails = (expected) => (/** @type {Outcome} */ { name, code, message, cause }) => {
  assert.equal(name, "SuoyinError", message);
  assert.equal(code, expected, `${message}: ${cause}`);
};

/** Where `open` is to start a worker. */
const options = { worker: true };

/** As `check`, and so many workers were started. @param {Case["check"]} check @param {number} expected */
const withWorkers = (check, expected) => (/** @type {Outcome} */ outcome, /** @type {Layouts} */ layouts) => {
  check(outcome, layouts);
  assert.equal(outcome.workers, expected);
};

/** In the layouts whose script is a module. @type {Case[]} */
const OF_MODULES = ["docs/module/", "docs/shards/"].flatMap((folder) => [
  {
    what: `${folder}, beside its script, under a strict policy`,
    address: ({ home }) => address(home, "page.html", { script: `${home}${folder}suoyin.js` }, STRICT),
    check(outcome, layouts) {
      answersAll(outcome, layouts);
      assert.equal(outcome.streamed, true);
    },
  },
  {
    what: `${folder}, script and index from another origin, which the policy names`,
    address: ({ home, other }) => {
      const origin = new URL(other).origin;
      const policy = `default-src 'self'; script-src 'self' 'wasm-unsafe-eval' ${origin}; connect-src ${origin}`;
      return address(home, "page.html", { script: `${other}${folder}suoyin.js` }, policy);
    },
    check: answersAll,
  },
  {
    what: `${folder}, own script, index from another origin by its folder`,
    address: ({ home, other }) =>
      address(home, "page.html", { script: `${home}${folder}suoyin.js`, source: `${other}${folder}` }),
    check: answersAll,
  },
  {
    what: `${folder}, in a worker, under a strict policy`,
    address: ({ home }) => {
      const worker = ["module-worker.js", { type: "module" }];
      return address(home, "page.html", { script: `${home}${folder}suoyin.js`, worker }, STRICT);
    },
    check: answersAll,
  },
  {
    what: `${folder}, in a worker that the script starts, under a strict policy`,
    address: ({ home }) => address(home, "page.html", { script: `${home}${folder}suoyin.js`, options }, STRICT),
    check: withWorkers(answersAll, 1),
  },
  {
    what: `${folder}, in such a worker, index from another origin by its folder`,
    address: ({ home, other }) =>
      address(home, "page.html", { script: `${home}${folder}suoyin.js`, source: `${other}${folder}`, options }),
    check: withWorkers(answersAll, 1),
  },
  {
    what: `${folder}, in such a worker, index by an address relative to the page`,
    address: ({ home }) =>
      address(home, "page.html", { script: `${home}${folder}suoyin.js`, source: `../${folder}`, options }),
    check: withWorkers(answersAll, 1),
  },
  {
    what: `${folder}, script from another origin, for which there is no worker`,
    address: ({ home, other }) => {
      const origin = new URL(other).origin;
      const policy = `default-src 'self'; script-src 'self' 'wasm-unsafe-eval' ${origin}; connect-src ${origin}`;
      return address(home, "page.html", { script: `${other}${folder}suoyin.js`, options }, policy);
    },
    check: withWorkers(answersAll, 0),
  },
  {
    what: `${folder}, under a policy that is against workers`,
    address: ({ home }) =>
      address(home, "page.html", { script: `${home}${folder}suoyin.js`, options }, `${STRICT}; worker-src 'none'`),
    check: (outcome, layouts) => answersAll({ ...outcome, violations: [] }, layouts),
  },
  {
    what: `${folder}, in a worker that asks for another one`,
    address: ({ home }) => {
      const worker = ["module-worker.js", { type: "module" }];
      return address(home, "page.html", { script: `${home}${folder}suoyin.js`, worker, options });
    },
    check: withWorkers(answersAll, 0),
  },
  {
    what: `${folder}, from another origin that does not allow it, in a worker`,
    address: ({ home, other }) =>
      address(other, "page.html", { script: `${other}${folder}suoyin.js`, source: `${home}${folder}`, options }),
    check: withWorkers(fails("load-failed"), 1),
  },
  {
    what: `${folder}, from another origin that does not allow it`,
    address: ({ home, other }) =>
      address(other, "page.html", { script: `${other}${folder}suoyin.js`, source: `${home}${folder}` }),
    check: fails("load-failed"),
  },
  {
    what: `${folder}, under a policy that is against WebAssembly`,
    address: ({ home }) =>
      address(home, "page.html", { script: `${home}${folder}suoyin.js` }, "default-src 'self'"),
    check: fails("forbidden"),
  },
  {
    what: `${folder}, under such a policy, but not in the worker`,
    address: ({ home }) =>
      address(home, "page.html", { script: `${home}${folder}suoyin.js`, options }, "default-src 'self'"),
    check: withWorkers(answersAll, 1),
  },
  {
    what: `${folder}, under such a policy in the worker, but not in the page`,
    address: ({ home }) => {
      const script = `${home}${folder}suoyin.js?policy=${encodeURIComponent("default-src 'self'")}`;
      return address(home, "page.html", { script, options }, STRICT);
    },
    check: withWorkers(answersAll, 1),
  },
]);

/** @type {Case[]} */
export const CASES = [
  ...OF_MODULES,
  {
    what: "module, from a server that does not know its type",
    address: ({ home }) =>
      address(home, "page.html", { script: `${home}docs/module/suoyin.js`, source: "../plain/docs/module/suoyin.wasm" }),
    check(outcome, layouts) {
      answersAll(outcome, layouts);
      assert.equal(outcome.streamed, false);
    },
  },
  {
    what: "script, in a page opened from a folder",
    address: ({ layouts }) => address(pathToFileURL(`${layouts.folder}/`).href, "script.html", {}),
    check: answersAll,
  },
  {
    what: "script, under a strict policy",
    address: ({ home }) => address(home, "script.html", {}, STRICT),
    check: answersAll,
  },
  {
    what: "script, under a policy that is against WebAssembly",
    address: ({ home }) => address(home, "script.html", {}, "default-src 'self'"),
    check: fails("forbidden"),
  },
  {
    what: "script, from another origin, which the policy names",
    address: ({ home, other }) => {
      const policy = `default-src 'self'; script-src 'self' 'wasm-unsafe-eval' ${new URL(other).origin}`;
      return address(home, "page.html", { classic: `${other}docs/script/suoyin.js` }, policy);
    },
    check: answersAll,
  },
  {
    what: "script, which no worker can load",
    address: ({ home }) => address(home, "script.html", { options }, STRICT),
    check: withWorkers(answersAll, 0),
  },
  {
    what: "script, in a page opened from a folder, where there is no worker",
    address: ({ layouts }) => address(pathToFileURL(`${layouts.folder}/`).href, "script.html", { options }),
    check: withWorkers(answersAll, 0),
  },
  {
    what: "script, in a classic worker",
    address: ({ home }) => address(home, "page.html", { worker: ["classic-worker.js"] }),
    check: answersAll,
  },
  ...["module", "shards"].map((layout) => ({
    what: `${layout}, of many documents`,
    address: (/** @type {Places} */ { home }) =>
      address(home, "page.html", { script: `${home}many/${layout}/suoyin.js`, queries: ASKED.many }, STRICT),
    check: answers("many"),
  })),
  {
    what: "script, of many documents, in a page opened from a folder",
    address: ({ layouts }) =>
      address(pathToFileURL(`${layouts.folder}/`).href, "script-many.html", { queries: ASKED.many }),
    check: answers("many"),
  },
  {
    what: "an engine that does not fit the script",
    address: ({ home }) => address(home, "page.html", { script: `${home}spoilt/suoyin.js` }),
    check: fails("version"),
  },
  {
    what: "shards, by the script of a module",
    address: ({ home }) =>
      address(home, "page.html", { script: `${home}docs/module/suoyin.js`, source: `${home}docs/shards/` }),
    check: fails("not-an-index"),
  },
  {
    what: "a module, by the script of shards",
    address: ({ home }) =>
      address(home, "page.html", { script: `${home}docs/shards/suoyin.js`, source: `${home}docs/module/suoyin.wasm` }),
    check: fails("not-an-index"),
  },
  ...SPOILT.map(([file, code]) => ({
    what: `${file}: ${code}`,
    address: (/** @type {Places} */ { home }) =>
      address(home, "page.html", { script: `${home}docs/module/suoyin.js`, source: `../spoilt/${file}` }),
    check: fails(code),
  })),
  ...SPOILT.map(([file, code]) => ({
    what: `${file}, in a worker: ${code}`,
    address: (/** @type {Places} */ { home }) =>
      address(home, "page.html", { script: `${home}docs/module/suoyin.js`, source: `../spoilt/${file}`, options }),
    check: withWorkers(fails(code), 1),
  })),
];
