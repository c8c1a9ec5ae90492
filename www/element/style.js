/**
 * How the box looks. A constructed style sheet, which a strict content security policy allows.
 *
 * @module
 */

/**
 * The colours, each of them the page's where it sets one. Contrast is at least 4.5, that of edges 3.
 *
 * @param {string[]} colours
 */
const palette = (...colours) =>
  ["text", "background", "accent", "mark", "mark-text", "shadow"]
    .map((name, at) => `--${name}:var(--suoyin-${name},${colours[at]});`)
    .join("");

const DARK = `{color-scheme:dark;${palette("#eceded", "#1d2024", "#a3c4f7", "#5c4a0c", "#ffeaa6", "0 12px 40px -8px #000a")}}`;

/** Colours between two others, unless the page sets them. @param {string} name @param {string} of @param {number} share */
const mix = (name, of, share) => `--${name}:var(--suoyin-${name},color-mix(in srgb,var(--${of}) ${share}%,var(--background)));`;

const CSS = `
:host{display:block}
:host([variant=modal]){display:inline-block}
*,::before,::after{box-sizing:border-box}
[hidden],:host([hidden]){display:none!important}
.base{color-scheme:light;${palette("#1b1d20", "#fff", "#1d4b8f", "#ffe694", "#1b1d20", "0 12px 40px -8px #14203c44")}}
@media (prefers-color-scheme:dark){.base:not([data-theme=light])${DARK}}
.base[data-theme=dark]${DARK}
.base{${mix("text-soft", "text", 82)}${mix("text-faint", "text", 68)}${mix("border", "text", 12)}${mix("border-strong", "text", 50)}${mix("selected", "accent", 8)}
--radius:var(--suoyin-radius,10px);position:relative;color:var(--text);font-family:var(--suoyin-font,inherit);
font-size:var(--suoyin-font-size,1rem);line-height:1.6;font-synthesis:none;text-align:start;overflow-wrap:anywhere}
p,ul,fieldset{margin:0;padding:0;border:0}
button,input,select{font:inherit;color:inherit}
button,select,.recent{cursor:pointer}
.hide{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
svg{flex:none;width:1.25em;height:1.25em;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round}
kbd{padding:0 .4em;border:1px solid var(--border);border-radius:5px;color:var(--text-faint);font:inherit;font-size:.75rem;white-space:nowrap}

.field,.button{display:flex;align-items:center;width:100%;height:var(--suoyin-field-height,2.75rem);padding:0 .75rem;
border:1px solid var(--border-strong);border-radius:var(--radius);background:var(--background);color:var(--text-faint)}
.button{gap:.5em;color:var(--text-soft)}
.button kbd{margin-inline-start:auto}
.button:hover{border-color:var(--accent)}
.field{padding-inline-end:0}
.field:focus-within{border-color:var(--accent);outline:3px solid color-mix(in srgb,var(--accent) 22%,transparent)}
.input{flex:1;min-width:0;height:100%;padding:0 .625rem;border:0;outline:0;background:none;color:var(--text);font-size:max(1rem,16px)}
.input::placeholder{color:var(--text-faint);opacity:1}
.field button{display:grid;place-items:center;min-width:2.75rem;height:100%;border:0;background:none}
.field button:hover{color:var(--text)}
.field button:focus-visible{outline-offset:-4px}
.field kbd{margin-inline-end:.75rem}
.input:focus~kbd,.input:not(:placeholder-shown)~kbd,.input:placeholder-shown~.clear,.field .cancel{display:none}
/* A quick load shows nothing; a slow one, a line that moves. */
[data-state=loading] .field{background:linear-gradient(90deg,transparent,var(--accent),transparent) 0 100%/40% 2px no-repeat var(--background);
animation:load 1.2s .2s ease-in-out infinite}
@keyframes load{from{background-position-x:-60%}to{background-position-x:160%}}

.panel{padding:.5rem;background:var(--background)}
.inline .panel{position:absolute;z-index:var(--suoyin-z-index,100);top:calc(100% + .375rem);overflow:auto;overscroll-behavior:contain;
border:1px solid var(--border);border-radius:calc(var(--radius) + 4px);box-shadow:var(--shadow)}
.about,.footer{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1rem;min-height:2.25rem;padding:.25rem .75rem;color:var(--text-faint);font-size:.8125rem}
.summary{flex:1}
.note{width:100%;color:var(--text-soft)}
.option{display:block;padding:.625rem .75rem;border-radius:8px;scroll-margin:3.5rem 0;color:var(--text-soft);font-size:.9375rem;line-height:1.5rem;text-decoration:none}
.option>*{display:block}
.option:hover,[aria-selected=true]{background:var(--selected)}
[aria-selected=true]{outline:2px solid var(--accent);outline-offset:-2px}
.title{color:var(--accent);font-size:1rem;font-weight:600}
.title span{color:var(--text-soft);font-weight:400}
:is(.inline,.modal) .snippet{display:-webkit-box;overflow:hidden;-webkit-box-orient:vertical;-webkit-line-clamp:3}
.meta,.heading{color:var(--text-faint);font-size:.8125rem;line-height:1.25rem}
.meta>*{margin-inline-end:1em}
.image{float:inline-end;margin-inline-start:.75rem;border-radius:6px;background:var(--selected);object-fit:cover}
.section{margin-inline-start:.75rem;padding-block:.375rem;border-inline-start:2px solid var(--border);border-start-start-radius:0;border-end-start-radius:0}
.section .title{font-size:inherit;font-weight:500}
.recent{display:flex;align-items:center;gap:.625rem}
.heading{padding:.75rem .75rem .25rem;font-weight:600}
mark{border-radius:2px;background:var(--mark);color:var(--mark-text)}
.title mark{color:inherit}

.suggestions{display:flex;gap:.375rem;padding:.25rem .75rem;overflow-x:auto;scrollbar-width:none}
.push,.date{min-height:2rem;padding:0 .75rem;border:1px solid var(--border-strong);border-radius:var(--radius);background:var(--background);color:var(--text);font-size:.875rem;white-space:nowrap}
.push:hover{border-color:var(--accent);color:var(--accent)}
.plain{padding:0;border:0;background:none;color:var(--accent);text-decoration:underline}
.more{display:block;width:100%;min-height:2.75rem;margin-top:.75rem}
.pages{display:flex;justify-content:center;align-items:center;gap:1rem;margin-top:1.25rem}
.notice{padding:.5rem .75rem;color:var(--text-soft)}
.notice p{margin-bottom:.75rem}
.footer{position:sticky;bottom:-.5rem;margin:0 -.5rem -.5rem;padding-inline:1.25rem;background:var(--background)}
.footer span{margin-inline-end:1em}
.keys kbd{margin-inline-end:.375em}
@media (pointer:coarse){.keys{display:none}}

.page .field{height:var(--suoyin-field-height,3.25rem)}
.page .panel{margin-inline:-.75rem;padding:0;background:none}
.page .form{position:sticky;z-index:1;top:var(--suoyin-top,0);background:var(--suoyin-page,var(--background))}
.page .option{padding-block:.875rem;scroll-margin:5.5rem 0 1rem}
.page .title{font-size:1.125rem;line-height:1.625rem}
.page .footer{position:static;background:none}
.page .keys,.filter-switch{display:none}
.page{container-type:inline-size}
.filters{padding:0 .75rem;color:var(--text-soft);font-size:.875rem}
.filters fieldset{margin-bottom:1.25rem}
fieldset{max-height:18rem;overflow:auto}
legend{padding:0;color:var(--text-faint)}
label{display:flex;align-items:center;gap:.5rem;min-height:2rem}
label span{flex:1}
.date{flex:3;min-width:0}
[type=checkbox]{flex:none;width:1rem;height:1rem;margin:0;accent-color:var(--accent)}
@container (min-width:48rem){.filtered{display:grid;grid-template-columns:13rem minmax(0,1fr);column-gap:1.5rem}}
@container (max-width:47.99rem){.filter-switch{display:block}.filters:not([data-open]){display:none}}

.dialog{width:min(var(--suoyin-width,44rem),100vw - 2rem);max-width:none;height:fit-content;max-height:min(44rem,88dvh);margin:6vh auto 0;padding:0;overflow:hidden;
border:1px solid var(--border);border-radius:calc(var(--radius) + 6px);background:var(--background);color:inherit;box-shadow:var(--shadow)}
.dialog::backdrop{background:#0f141e73}
.dialog[open]{display:flex;flex-direction:column}
.dialog .form{flex:none;border-bottom:1px solid var(--border)}
.dialog .field{height:3.5rem;border:0;outline:0}
.dialog .panel{flex:1;min-height:0;overflow:auto;overscroll-behavior:contain}
@media (max-width:36rem){.dialog{width:100vw;height:100dvh;max-height:none;margin:0;border:0;border-radius:0}
.field .cancel{display:block;padding:0 .75rem;color:var(--accent)}}

@media (prefers-reduced-motion:reduce){[data-state=loading] .field{background:var(--background);animation:none}}
@media (forced-colors:active){.field:focus-within,[aria-selected=true]{outline:3px solid Highlight}
mark{forced-color-adjust:none;background:Mark;color:MarkText}}
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** The style sheet, one for all boxes of the page. */
export function styleSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
