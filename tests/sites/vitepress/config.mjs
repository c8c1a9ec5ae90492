// Labels stand nowhere else in the pages, so that a search shows whether any of them is indexed.
export default {
  title: "河村手册",
  description: "给河村居民看的手册",
  lang: "zh-CN",
  lastUpdated: false,
  markdown: { lineNumbers: true },
  themeConfig: {
    nav: [{ text: "顶栏词条", link: "/guide/containers" }],
    sidebar: [
      {
        text: "侧栏分组",
        items: [
          { text: "侧栏容器", link: "/guide/containers" },
          { text: "侧栏代码", link: "/guide/code" },
          { text: "侧栏表格", link: "/guide/tables" },
          { text: "侧栏安装", link: "/指南/安装" },
          { text: "Sidebar entry", link: "/en/library" },
        ],
      },
    ],
    outline: { level: "deep", label: "右栏大纲" },
    docFooter: { prev: "前往上篇", next: "前往下篇" },
    editLink: { pattern: "https://example.org/edit/:path", text: "修订本文" },
    footer: { message: "页脚留言", copyright: "页脚署名" },
    search: { provider: "local", options: { translations: { button: { buttonText: "搜寻按钮" } } } },
  },
};
