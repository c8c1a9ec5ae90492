/**
 * How the box looks. A constructed style sheet, which a strict content security policy allows.
 *
 * @module
 */

import { constructed } from "./dom.js";

/**
 * The colours, light and dark, each of them the page's where it sets one. Contrast is at least 4.5,
 * that of edges 3.
 *
 * @type {[name: string, light: string, dark: string][]}
 */
const COLOURS = [
  ["text", "#1b1d20", "#eceded"],
  ["background", "#fff", "#1d2024"],
  ["accent", "#1d4b8f", "#a3c4f7"],
  ["mark", "#ffe694", "#5c4a0c"],
  ["mark-text", "#1b1d20", "#ffeaa6"],
];

const PALETTE = COLOURS.map(([name, ...both]) => `--${name}:var(--suoyin-${name},light-dark(${both}));`).join("");

/** Colours between two others, unless the page sets them. @param {string} name @param {string} of @param {number} share */
const mix = (name, of, share) => `--${name}:var(--suoyin-${name},color-mix(in srgb,var(--${of}) ${share}%,var(--background)));`;

/**
 * What waits says so after a moment only: a quick load shows nothing. Where motion is not wanted, it
 * stays faint. The counts take one line whatever comes into it later, so that nothing below it moves.
 */
const CSS = `\
:host{display:block}\
:host([variant=modal]){display:inline-block}\
*{box-sizing:border-box}\
[hidden],:host([hidden]){display:none!important}\
.base[data-theme=light]{color-scheme:light}\
.base[data-theme=dark]{color-scheme:dark}\
.base{${PALETTE}${mix("text-soft", "text", 82)}${mix("text-faint", "text", 68)}${mix("border", "text", 12)}${mix("border-strong", "text", 50)}${mix("selected", "accent", 8)}\
--radius:var(--suoyin-radius,10px);position:relative;color-scheme:light dark;color:var(--text);font-family:var(--suoyin-font,inherit);\
font-size:var(--suoyin-font-size,1rem);line-height:1.6;font-synthesis:none;text-align:start;overflow-wrap:anywhere}\
p{margin:0}\
button,input,select{padding:0 .75rem;border:0;background:none;margin:0;color:inherit;font:inherit}\
button,select,.recent{cursor:pointer}\
button:hover{color:var(--accent)}\
.hide{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\
[aria-selected=true],:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}\
svg{flex:none;width:1.25em;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round}\
kbd{margin-inline-start:.25rem;padding:0 .4em;border:1px solid var(--border);border-radius:5px;font:inherit;font-size:.75rem;white-space:nowrap;color:var(--text-faint)}\
.field,.button,.push{border:1px solid var(--border-strong);border-radius:var(--radius);background:var(--background)}\
.field,.button,.option.recent,.about,.footer{display:flex;align-items:center;gap:.625rem}\
.field,.button{width:100%;height:var(--suoyin-field-height,2.75rem);color:var(--text-faint)}\
.field{padding-inline-start:.75rem}\
.field:focus-within{border-color:var(--accent);outline:3px solid color-mix(in srgb,var(--accent) 22%,transparent)}\
.input{flex:1;min-width:0;padding:0;outline:0;height:100%;color:var(--text);font-size:1rem}\
.input::placeholder{color:var(--text-faint);opacity:1}\
.field button{display:grid;place-items:center;min-width:2.75rem;height:100%}\
.shortcut{margin-inline:auto .75rem}\
.input:focus~kbd,.input:not(:placeholder-shown)~kbd,.input:placeholder-shown~.clear,.field .cancel,.page .keys{display:none}\
[data-busy=true] .field>svg{animation:wait .6s .2s infinite alternate both}\
@keyframes wait{to{opacity:.2}}\
.panel{padding:.5rem;overflow:auto;overscroll-behavior:contain;background:var(--background)}\
.inline .panel,.dialog{border:1px solid var(--border);border-radius:calc(var(--radius) + 4px);box-shadow:var(--suoyin-shadow,0 12px 40px -8px light-dark(#14203c44,#000a))}\
.inline .panel{position:absolute;z-index:var(--suoyin-z-index,100);top:calc(100% + .375rem)}\
.about,.footer,.heading,.meta{padding:.25rem .75rem;color:var(--text-faint);font-size:.8125rem;line-height:1.25rem}\
.about{min-height:2.5rem;overflow-x:auto;scrollbar-width:none}\
[data-state=none] .about{flex-wrap:wrap}\
.about>*{flex:none;max-width:100%}\
.about .note{flex:0 1 auto;min-width:8em;overflow:hidden;white-space:nowrap;text-overflow:ellipsis}\
.suggestions{display:contents}\
.option{display:block;padding:.625rem .75rem;border-radius:8px;scroll-margin:3.5rem 0;color:var(--text-soft);font-size:.9375rem;line-height:1.5rem;text-decoration:none}\
.option>span{display:block}\
.option:hover,[aria-selected=true]{background:var(--selected)}\
.title{color:var(--accent);font-size:1rem;font-weight:600}\
.option .snippet{display:-webkit-box;overflow:hidden;-webkit-box-orient:vertical;-webkit-line-clamp:3}\
.meta{padding:0}\
.meta>*{margin-inline-end:1em}\
.image{float:inline-end;margin-inline-start:.75rem;border-radius:6px;object-fit:cover}\
.section{margin-inline-start:.75rem;padding-block:.375rem;border-inline-start:2px solid var(--border);border-radius:0}\
.section .title{font-size:inherit;font-weight:500}\
.base:not(.page) .footer{position:sticky;bottom:-.5rem;margin-bottom:-.5rem;background:inherit}\
.keys{margin-inline-start:auto}\
@media (hover:none),(max-width:36em){kbd{display:none}}\
.heading{padding-top:.75rem;font-weight:600}\
mark{border-radius:2px;background:var(--mark);color:var(--mark-text)}\
.title mark{color:inherit}\
.push{min-height:2rem;font-size:.875rem;white-space:nowrap}\
.plain{padding:0;text-decoration:underline}\
.more{width:100%;min-height:2.75rem;margin-top:.75rem}\
.notice{padding:.5rem .75rem;color:var(--text-soft)}\
.page{padding:.75rem;border-radius:var(--radius);background:var(--suoyin-page,var(--background))}\
.page .field{height:var(--suoyin-field-height,3.25rem)}\
.page .panel{margin:0 -.75rem;padding:0;overflow:visible;background:none}\
.dialog{width:min(var(--suoyin-width,44rem),100vw - 2rem);max-width:none;max-height:min(44rem,88dvh);margin-top:6vh;padding:0;background:var(--background);color:inherit}\
.dialog::backdrop{background:#0f141e73}\
.dialog[open]{display:flex;flex-direction:column;overflow:hidden}\
.dialog .panel{flex-grow:1}\
.dialog .form{border-bottom:1px solid var(--border)}\
.dialog .field{height:3.5rem;border:0;outline:0}\
@media (max-width:36em){.dialog{width:100vw;height:100dvh;max-height:none;margin:0;border:0;border-radius:0}\
.field .cancel{display:block}}\
@media (prefers-reduced-motion:reduce){*{animation-iteration-count:1!important}}\
@media (forced-colors:active){mark{forced-color-adjust:none;background:Mark;color:MarkText}}\
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** The style sheet, one for all boxes of the page. */
export function styleSheet() {
  return (sheet ??= constructed(CSS));
}
