/**
 * What the box says beside results, in each of its languages: filters and orders.
 *
 * @module
 */

import { textsIn } from "./texts.js";

/** @import { Language } from "./texts.js" */

const TEXTS = `filters|筛选|篩選|Filters|絞り込み|필터
from|从|從|From|開始|시작
to|到|到|To|終了|끝
sort|排序|排序|Sort by|並べ替え|정렬
relevance|相关度|相關度|Relevance|関連度順|관련도순
@date|日期|日期|Date|日付|날짜
@category|分类|分類|Category|カテゴリ|분류
@tags|标签|標籤|Tags|タグ|태그
@author|作者|作者|Author|著者|저자`;

/** @param {Language} language */
export function resultsStrings(language) {
  return textsIn(TEXTS, language);
}
