// What axe finds.
import { createRequire } from "node:module";

/** @import { Page } from "playwright-core" */

const AXE = /** @type {string} */ (createRequire(import.meta.url)("axe-core").source);

/**
 * The barriers on a page for those who use it in other ways: the rule, the element and what to do.
 *
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function barriers(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis)["axe"].run());
  return violations.flatMap((/** @type {any} */ { id, nodes }) =>
    nodes.map((/** @type {any} */ { html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
