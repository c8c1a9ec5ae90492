/**
 * What the box says, in each of its languages.
 *
 * @module
 */

import { LANGUAGES, textsIn } from "./texts.js";

/** @import { Language } from "./texts.js" */

/**
 * @typedef {object} Strings
 * @property {string} search On the button that opens the box; the name of the field and the dialog.
 * @property {string} placeholder
 * @property {string} clear
 * @property {string} cancel
 * @property {string} loading
 * @property {string} results The name of the list.
 * @property {(exact: number, related: number) => string} found
 * @property {string} exact The name of a group.
 * @property {string} related
 * @property {(left: number) => string} more
 * @property {(query: string) => string} none
 * @property {string} advice What to try where nothing was found.
 * @property {(query: string) => string} instead What was searched for instead.
 * @property {string} expanded Before the words that were searched for as well.
 * @property {string} recent
 * @property {string} error
 * @property {string} retry
 * @property {string} filters
 * @property {string} from
 * @property {string} to
 * @property {string} sort
 * @property {string} relevance
 * @property {Record<string, string>} fields What fields of the metadata are called, where it is not their name.
 */

/** What every box says. The names of filters and orders are in `results-strings.js`. */
const TEXTS = `search|搜索|搜尋|Search|検索|검색
placeholder|输入词语或整句|輸入詞語或整句|A word, a phrase, a question|語句や文を入力|단어나 문장을 입력하세요
clear|清除|清除|Clear|消去|지우기
cancel|取消|取消|Cancel|キャンセル|취소
loading|正在载入索引……|正在載入索引……|Loading the index…|索引を読み込んでいます…|색인을 불러오는 중…
results|搜索结果|搜尋結果|Search results|検索結果|검색 결과
inexact|没有完全匹配|沒有完全相符|No exact match|完全一致なし|정확히 일치하는 문서 없음
found|# 篇完全匹配|# 篇完全相符|# exact|完全一致 # 件|정확히 일치 #건
others|，另有 # 篇相关|，另有 # 篇相關|, # related|、関連 # 件|, 관련 #건
exact|完全匹配|完全相符|Exact matches|完全一致|정확히 일치
related|相关：只含其中一部分|相關：只含其中一部分|Related: only part of the query|関連：一部のみ一致|관련: 일부만 일치
more|继续显示（还有 # 篇）|繼續顯示（還有 # 篇）|Show more (# left)|さらに表示（残り # 件）|더 보기 (#건 남음)
none|没有找到“#”|找不到「#」|Nothing found for “#”|「#」は見つかりませんでした|‘#’에 대한 결과가 없습니다
advice|看看有没有输错的字，或者只留下关键的几个字。|看看有沒有打錯的字，或者只留下關鍵的幾個字。|Check the spelling, or keep only the words that matter.|誤字がないか確かめるか、語句を減らしてみてください。|철자를 확인하거나 핵심 단어만 남겨 보세요.
instead|以下是“#”的结果|以下是「#」的結果|Results for “#”|「#」の結果を表示しています|‘#’ 결과를 표시합니다
expanded|也查找了：|也尋找了：|Also searched for: |次の語も検索しました：|함께 검색한 단어: 
recent|最近搜索|最近的搜尋|Recent searches|最近の検索|최근 검색
error|搜索暂时不可用|搜尋暫時無法使用|The search is not available|検索を利用できません|검색을 사용할 수 없습니다
retry|重试|重試|Try again|再試行|다시 시도
@date|日期|日期|Date|日付|날짜`;

/**
 * What is said in a language.
 *
 * @param {Language} language
 * @returns {Strings} Without what `results-strings.js` has.
 */
export function stringsIn(language) {
  const strings = textsIn(TEXTS, language);
  const { inexact, found, others } = strings;
  strings["found"] = (/** @type {number} */ exact, /** @type {number} */ related) =>
    (exact ? found(exact) : inexact) + (related ? others(related) : "");
  return /** @type {Strings} */ (strings);
}

/**
 * The first language of the list that the box speaks; English where it speaks none. Traditional is
 * what Taiwan, Hong Kong and Macao write.
 *
 * @param {readonly string[]} wanted Language tags, best first.
 * @returns {Language}
 */
export function pickLanguage(wanted) {
  for (const tag of wanted) {
    if (/^zh/i.test(tag)) return /^(?!.*hans).*-(hant|tw|hk|mo)/i.test(tag) ? "zh-Hant" : "zh-Hans";
    const language = LANGUAGES.find((one) => one === tag.slice(0, 2));
    if (language) return language;
  }
  return "en";
}
