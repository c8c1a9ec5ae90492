/**
 * How the box looks. A constructed style sheet, which a strict content security policy allows.
 *
 * @module
 */

/** Each colour is the page's, where it sets one. Contrast is at least 4.5, of edges 3. @param {string[]} colours */
const palette = ([ink, soft, faint, paper, rule, edge, link, chosen, mark, markInk, shade] = []) => `
--ink:var(--suoyin-text,${ink});--soft:var(--suoyin-text-soft,${soft});--faint:var(--suoyin-text-faint,${faint});
--paper:var(--suoyin-background,${paper});--rule:var(--suoyin-border,${rule});--edge:var(--suoyin-border-strong,${edge});
--link:var(--suoyin-accent,${link});--chosen:var(--suoyin-selected,${chosen});--mark:var(--suoyin-mark,${mark});
--mark-ink:var(--suoyin-mark-text,${markInk});--shade:var(--suoyin-shadow,${shade});`;

const LIGHT = palette([
  "#1b1d20", "#43484f", "#62686f", "#fff", "#e2e3df", "#8b9097", "#1d4b8f", "#eef2f8", "#ffe694", "#1b1d20",
  "0 12px 40px -8px rgb(20 30 50/.22),0 2px 8px rgb(20 30 50/.1)",
]);
const DARK = `color-scheme:dark;${palette([
  "#eceded", "#c3c7cc", "#9aa1a9", "#1d2024", "#2d3136", "#6b727a", "#a3c4f7", "#272e38", "#5c4a0c", "#ffeaa6",
  "0 12px 40px -8px rgb(0 0 0/.6),0 2px 8px rgb(0 0 0/.4)",
])}`;

/** Each language has its own shapes for the same characters. */
const SANS = `-apple-system,BlinkMacSystemFont,"Segoe UI",`;

const CSS = `
:host{display:block}
:host([hidden]){display:none}
:host([variant=modal]){display:inline-block}
*,::before,::after{box-sizing:border-box}
[hidden]{display:none!important}
.base{${LIGHT}color-scheme:light;
--sans:var(--suoyin-font,${SANS}"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif);
--round:var(--suoyin-radius,10px);
position:relative;container-type:inline-size;color:var(--ink);font:var(--suoyin-font-size,1rem)/1.6 var(--sans);
font-synthesis-weight:none;font-synthesis:none;text-align:start;overflow-wrap:anywhere;-webkit-text-size-adjust:100%;text-size-adjust:100%}
.modal{container-type:normal}
.base:lang(zh-Hant){--sans:var(--suoyin-font,${SANS}"PingFang TC","Microsoft JhengHei UI","Microsoft JhengHei","Noto Sans CJK TC","Source Han Sans TC",sans-serif)}
.base:lang(ja){--sans:var(--suoyin-font,${SANS}"Hiragino Sans","Yu Gothic UI",Meiryo,"Noto Sans CJK JP",sans-serif)}
.base:lang(ko){--sans:var(--suoyin-font,${SANS}"Apple SD Gothic Neo","Malgun Gothic","Noto Sans CJK KR",sans-serif)}
@media (prefers-color-scheme:dark){.base:not([data-theme=light]){${DARK}}}
.base[data-theme=dark]{${DARK}}
p,ul,fieldset{margin:0;padding:0;border:0}
button,input,select{font:inherit;color:inherit}
button,select,summary{cursor:pointer}
.hide{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.icon{flex:none;width:1.25em;height:1.25em;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
kbd{padding:0 .4em;border:1px solid var(--rule);border-radius:5px;color:var(--faint);font:.75rem/1.5 var(--sans);white-space:nowrap}

.open{display:inline-flex;width:100%;align-items:center;gap:.5em;min-height:2.5rem;padding:0 .75rem;border:1px solid var(--edge);
border-radius:var(--round);background:var(--paper);color:var(--soft);font-size:.9375rem}
.open kbd{margin-inline-start:auto}
.open:hover{border-color:var(--link);color:var(--ink)}

.field{display:flex;align-items:center;height:var(--suoyin-field-height,2.75rem);padding-inline-start:.75rem;border:1px solid var(--edge);
border-radius:var(--round);background:var(--paper);color:var(--faint)}
.field:focus-within{border-color:var(--link);outline:3px solid color-mix(in srgb,var(--link) 22%,transparent)}
input.query{flex:1;min-width:0;height:100%;padding:0 .625rem;border:0;outline:0;background:none;color:var(--ink);font-size:max(1rem,16px);
-webkit-appearance:none;appearance:none}
.query::placeholder{color:var(--faint);opacity:1}
.field button{display:grid;place-items:center;flex:none;min-width:2.75rem;height:100%;border:0;border-radius:var(--round);background:none;color:var(--faint)}
.field button:hover{color:var(--ink)}
.field button:focus-visible{outline-offset:-4px}
.field kbd{margin-inline-end:.75rem}
.query:focus~kbd,.query:not(:placeholder-shown)~kbd,.query:placeholder-shown~.clear{display:none}
.field .cancel{display:none;padding:0 .75rem;color:var(--link);font-size:.9375rem}
/* A quick load shows nothing; a slow one, a line that moves. */
[data-state=loading] .field{background:linear-gradient(90deg,transparent,var(--link),transparent) 0 100%/40% 2px no-repeat var(--paper);
animation:load 1.2s .2s ease-in-out infinite}
@keyframes load{from{background-position-x:-60%}to{background-position-x:160%}}

.panel{background:var(--paper)}
.inline .panel{position:absolute;z-index:var(--suoyin-z-index,100);top:calc(100% + .375rem);max-height:32rem;padding:.5rem;overflow:auto;
overscroll-behavior:contain;border:1px solid var(--rule);border-radius:calc(var(--round) + 4px);box-shadow:var(--shade)}
.about{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1rem;min-height:2.25rem;padding:.25rem .75rem;color:var(--faint);font-size:.8125rem;
font-variant-numeric:tabular-nums}
.summary{flex:1}
.note{width:100%;color:var(--soft)}

.hit{display:grid;grid-template-columns:1fr;column-gap:.875rem;padding:.625rem .75rem;border-radius:8px;scroll-margin:3.5rem 0 .5rem;color:inherit;text-decoration:none}
.hit>*{min-width:0}
.hit.pictured{grid-template-columns:1fr 4.5rem}
.hit img{grid-area:1/2/9/3;width:4.5rem;height:4.5rem;border-radius:6px;background:var(--chosen);object-fit:cover}
a.hit:hover,.hit[aria-selected=true]{background:var(--chosen)}
.hit[aria-selected=true]{box-shadow:inset 3px 0 var(--link)}
[dir=rtl] .hit[aria-selected=true]{box-shadow:inset -3px 0 var(--link)}
.hit-title{color:var(--link);font-weight:600;line-height:1.5rem}
.hit-section{margin-inline-start:.5em;color:var(--soft);font-weight:400;font-size:.9375rem}
.hit-section::before{content:"›";margin-inline-end:.5em;color:var(--faint)}
.hit-snippet{margin-top:.125rem;color:var(--soft);font-size:.9375rem;line-height:1.5rem}
:is(.inline,.modal) .hit-snippet{display:-webkit-box;overflow:hidden;-webkit-box-orient:vertical;-webkit-line-clamp:2}
.hit-about{display:flex;flex-wrap:wrap;gap:0 1em;margin-top:.125rem;color:var(--faint);font-size:.8125rem;line-height:1.25rem;font-variant-numeric:tabular-nums}
.hit.part{margin-inline-start:.75rem;padding-block:.375rem;border-inline-start:2px solid var(--rule);border-start-start-radius:0;border-end-start-radius:0}
.hit.part .hit-title{font-size:.9375rem;font-weight:500}
.hit.part .hit-snippet{font-size:.875rem;line-height:1.375rem}
.hit.asked{display:flex;align-items:center;gap:.625rem;cursor:pointer;color:var(--ink)}
.hit.asked .icon{color:var(--faint)}
mark{border-radius:2px;background:var(--mark);color:var(--mark-ink)}
.hit-title mark{color:inherit}
.heading{display:flex;justify-content:space-between;padding:.75rem .75rem .25rem;color:var(--faint);font-size:.8125rem;font-weight:600}

.chips{display:flex;gap:.375rem;min-height:2.5rem;padding:.25rem .75rem;overflow-x:auto;scrollbar-width:none}
.chip,.button,select,input[type=date]{min-height:2rem;padding:0 .75rem;border:1px solid var(--rule);border-radius:999px;background:none;color:var(--soft);
font-size:.875rem;line-height:1.875rem;text-decoration:none;white-space:nowrap}
.chip:hover,.button:hover{border-color:var(--link);color:var(--link)}
.button,select,input[type=date]{border-color:var(--edge);border-radius:var(--round);background:var(--paper);color:var(--ink)}
.plain{padding:0;border:0;background:none;color:var(--link);font-size:.8125rem;text-decoration:underline;text-underline-offset:.2em}
.more{display:block;width:100%;min-height:2.75rem;margin-top:.75rem}
.pages{display:flex;flex-wrap:wrap;justify-content:center;gap:.25rem;margin-top:1.25rem}
.pages .button{min-width:2.75rem;min-height:2.75rem}
.pages [aria-current]{border-color:var(--link);color:var(--link)}
.notice{padding:.5rem .75rem;color:var(--soft);font-size:.9375rem}
.notice ul{padding-inline-start:1.2em;line-height:1.9}
.notice-title{color:var(--ink);font-weight:600}
.notice-detail{margin-bottom:.75rem;color:var(--faint);font-size:.875rem}
.foot{position:sticky;bottom:-.5rem;display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;margin:.25rem -.5rem -.5rem;padding:.5rem 1.25rem;border-top:1px solid var(--rule);background:var(--paper);color:var(--faint);font-size:.75rem}
[data-state=start] .foot{border-color:transparent}
.foot span>kbd{margin-inline-end:.375em}
.foot span{margin-inline-end:1em}
@media (pointer:coarse){.keys{display:none}}

.page .field{height:var(--suoyin-field-height,3.25rem)}
.page .panel{background:none;margin-inline:-.75rem}
.page form{position:sticky;z-index:1;top:var(--suoyin-top,0px);background:var(--suoyin-page,transparent)}
.page .hit{padding-block:.875rem;scroll-margin:5.5rem 0 1rem}
.page .hit-title{font-size:1.125rem;line-height:1.625rem}
.page .hit-snippet{line-height:1.625rem}
.page .hit.part .hit-title{font-size:.9375rem}
.page .about{min-height:2.75rem;font-size:.875rem}
.page .foot{display:none}
.filter-switch{display:none}
.filters{padding:0 .75rem;font-size:.875rem}
.filters fieldset{margin-bottom:1.25rem}
.filters legend{padding:0;color:var(--faint);font-size:.8125rem;font-weight:600}
.filters label{display:flex;align-items:center;gap:.5rem;min-height:1.875rem;color:var(--soft)}
.filters label span{flex:1}
.filters label small{color:var(--faint);font-size:.8125rem;font-variant-numeric:tabular-nums}
.filters input[type=checkbox]{flex:none;width:1rem;height:1rem;margin:0;accent-color:var(--link)}
.filters input[type=date]{flex:1;min-width:0;padding:0 .5rem}
@container (min-width:48rem){.page .filtered{display:grid;grid-template-columns:13rem minmax(0,1fr);column-gap:1.5rem;align-items:start}}
@container (max-width:47.99rem){.filter-switch{display:inline-flex;align-items:center}.filters:not([data-open]){display:none}}

dialog{width:min(var(--suoyin-width,44rem),100vw - 2rem);max-width:none;height:fit-content;max-height:min(44rem,100dvh - 12vh);margin:6vh auto 0;padding:0;overflow:hidden;
border:1px solid var(--rule);border-radius:calc(var(--round) + 6px);background:var(--paper);color:inherit;box-shadow:var(--shade)}
dialog::backdrop{background:rgb(15 20 30/.45)}
dialog[open]{display:flex;flex-direction:column;animation:rise .14s ease-out}
@keyframes rise{from{opacity:0;transform:translateY(-6px)}}
dialog form{flex:none;border-bottom:1px solid var(--rule)}
dialog .field,dialog .field:focus-within{height:3.5rem;border:0;border-radius:0;outline:0}
dialog .panel{flex:1;min-height:0;padding:.5rem;overflow:auto;overscroll-behavior:contain}
@media (max-width:36rem){
dialog{width:100vw;height:100dvh;max-height:none;margin:0;border:0;border-radius:0}
.field .cancel{display:block}
dialog .field{padding-inline-start:1rem}
.hit{padding-inline:.625rem}
:is(.inline,.modal) .hit-snippet{-webkit-line-clamp:3}}

@media (prefers-reduced-motion:reduce){*,::before,::after{animation:none!important}[data-state=loading] .field{background:var(--paper)}}
@media (forced-colors:active){
.field:focus-within{outline:3px solid Highlight}
.hit[aria-selected=true]{outline:3px solid Highlight;outline-offset:-3px}
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
