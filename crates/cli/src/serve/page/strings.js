/**
 * What the page says, in English and Chinese.
 *
 * @module
 */

const ENGLISH = {
  preview: "preview",
  search: "Search",
  tokens: "Text analysis",
  queryLabel: "What to search for",
  more: "More",
  textLabel: "A text, as a document or a query may have it",
  sideLabel: "Read as",
  sideIndex: "as a document",
  sideQuery: "as a query",
  about: "{documents} documents in {index}",
  live: "Up to date; searches again when the index changes",
  broken: "The index on the disk cannot be opened, so the one before is shown: {error}",
  offline: "The server does not answer. Start it again: suoyin serve",
  found: "{total} exact, {related} related; {took} ms",
  nothing: "Nothing found; {took} ms",
  exact: "exact",
  related: "related",
  why: "Why here?",
  term: "term",
  docFreq: "documents",
  termFreq: "occurrences",
  score: "score",
  inTitle: "title",
  inText: "text",
  sum: "sum",
  characters: "single characters",
  headings: "headings",
  script: "in another script",
  byPrefix: "{term} (by its beginning)",
  lengths: "The title is {title} terms long, the text {text}.",
  position: "position",
  token: "token",
  source: "in the text",
  bytes: "bytes",
  noTokens: "There is no character or word to search for in it.",
};

/** @type {typeof ENGLISH} */
const CHINESE = {
  preview: "预览",
  search: "搜索",
  tokens: "分词",
  queryLabel: "搜索什么",
  more: "更多",
  textLabel: "一段文字，可以当作文档，也可以当作查询",
  sideLabel: "当作",
  sideIndex: "当作文档",
  sideQuery: "当作查询",
  about: "{index}，{documents} 篇文档",
  live: "已是最新；索引变了会自动重新搜索",
  broken: "磁盘上的索引打不开，仍在用之前的：{error}",
  offline: "服务没有回应，请重新启动：suoyin serve",
  found: "{total} 篇完全匹配，{related} 篇相关，{took} 毫秒",
  nothing: "没有找到，{took} 毫秒",
  exact: "完全匹配",
  related: "相关",
  why: "为什么排在这里？",
  term: "词项",
  docFreq: "文档数",
  termFreq: "次数",
  score: "得分",
  inTitle: "标题",
  inText: "正文",
  sum: "合计",
  characters: "单字",
  headings: "小标题",
  script: "字形不同",
  byPrefix: "{term}（按开头）",
  lengths: "标题长 {title} 个词项，正文长 {text} 个词项。",
  position: "位置",
  token: "词项",
  source: "原文",
  bytes: "字节",
  noTokens: "里面没有可搜索的字或词。",
};

/** The language of the page. */
export const language = /^zh\b/i.test(navigator.language) ? "zh-Hans" : "en";

const strings = language === "en" ? ENGLISH : CHINESE;

/**
 * @param {keyof typeof ENGLISH} key
 * @param {Record<string, string | number>} [values] What stands for `{name}`.
 */
export function text(key, values = {}) {
  return strings[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Puts the strings into the elements that name theirs. */
export function translate() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) {
    const key = /** @type {keyof typeof ENGLISH} */ (element.getAttribute("data-text"));
    element.textContent = text(key);
  }
}
