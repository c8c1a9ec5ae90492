/**
 * How filters, orders and pages look, and hits on a page of results.
 *
 * @module
 */

import { constructed } from "./dom.js";

/** The ends of lines are for readers of this file, and not sent. */
const CSS = `\
.page{container-type:inline-size}\
.page .option{padding-block:.875rem;scroll-margin:5.5rem 0 1rem}\
.page .form{position:sticky;z-index:1;top:var(--suoyin-top,0);background:inherit}\
.page .snippet{display:block}\
.page .option:not(.section) .title{font-size:1.125rem}\
.pages,label{display:flex;align-items:center;gap:.625rem}\
.pages{justify-content:center;margin-top:1rem}\
[aria-current]{border-color:var(--accent);color:var(--accent)}\
.filter-switch{display:none}\
.filters{padding:.5rem .75rem;color:var(--text-soft);font-size:.875rem}\
fieldset{max-height:18rem;margin:0 0 1.25rem;padding:0;border:0;overflow:auto}\
legend{padding:0;color:var(--text-faint)}\
label{min-height:2.25rem}\
label span{flex:1}\
.date{flex:3;min-width:0;padding:0 .5rem;min-height:2rem;border:1px solid var(--border-strong);border-radius:var(--radius)}\
@container (min-width:48em){.filtered{display:grid;grid-template-columns:13rem minmax(0,1fr);column-gap:1.5rem}}\
@container (max-width:47.99em){.filter-switch{display:block}.filters:not([data-open]){display:none}}\
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** The style sheet, one for all boxes of the page. */
export function resultsSheet() {
  return (sheet ??= constructed(CSS));
}
