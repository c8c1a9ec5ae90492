import "./element.js";

const box = /** @type {import("./element.js").SuoyinSearch} */ (document.querySelector("suoyin-search"));
const counts = new Intl.NumberFormat("ar");
box.strings = {
  search: "بحث",
  placeholder: "اكتب كلمة أو جملة",
  clear: "مسح",
  cancel: "إلغاء",
  loading: "جارٍ تحميل الفهرس…",
  results: "نتائج البحث",
  found: (exact, related) => `المطابق: ${counts.format(exact)}، وذو الصلة: ${counts.format(related)}`,
  exact: "مطابق تمامًا",
  related: "ذو صلة: فيه بعض ما كُتب",
  more: (left) => `المزيد (${counts.format(left)})`,
  none: (query) => `لا نتائج عن «${query}»`,
  recent: "عمليات البحث الأخيرة",
  error: "البحث غير متاح الآن",
  retry: "أعد المحاولة",
};
