//! The options of `build`: this list is all there is to change for a new one.
//!
//! Each becomes a field of [`Settings`] and of [`Given`], a flag, a key of `suoyin.toml` and a
//! paragraph in what `suoyin init` writes. The first line of its comment is its help, the second
//! says the same in Chinese.

use super::ranking::Ranking;
use super::setting::{FromFile, Initial, default, required};
use super::stemming::Language;
use super::synonyms::Synonyms;
use crate::layout::Layout;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use suoyin_ingest::DEFAULT_FACETS;

/// A key of `suoyin.toml`.
#[derive(Debug)]
pub(crate) struct Key {
    /// As it is written.
    pub(crate) name: &'static str,
    /// What it does, in English and in Chinese.
    pub(crate) help: [&'static str; 2],
    /// Its default, or an example where there is no default.
    pub(crate) value: toml::Value,
    /// Whether there is no default.
    pub(crate) required: bool,
}

impl Key {
    fn new<T: Serialize>(name: &'static str, help: [&'static str; 2], initial: &Initial<T>) -> Key {
        let help = help.map(str::trim_ascii);
        Key { name, help, value: initial.to_toml(), required: initial.is_required() }
    }
}

macro_rules! options {
    ($(
        #[doc = $english:literal]
        #[doc = $chinese:literal]
        #[arg($($arg:tt)*)]
        $name:ident: $type:ty = $value:expr;
    )*) => {
        /// What `build` does.
        #[derive(Clone, Debug, PartialEq)]
        pub(crate) struct Settings {
            $(#[doc = $english] pub(crate) $name: $type,)*
        }

        /// What the command line or `suoyin.toml` says of it.
        #[derive(Clone, Debug, Default, PartialEq, clap::Args, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct Given {
            $(
                #[doc = $english]
                #[arg($($arg)*)]
                pub(crate) $name: Option<$type>,
            )*
        }

        impl Given {
            /// Makes paths, which are relative to `folder`, relative to the working folder.
            pub(super) fn below(mut self, folder: &Path) -> Given {
                $(self.$name = self.$name.map(|value| value.below(folder));)*
                self
            }

            /// The settings: what is given here, else in `file`, else the defaults.
            ///
            /// # Errors
            /// The key that is given nowhere and has no default.
            pub(crate) fn or(self, file: Given) -> Result<Settings, Key> {
                Ok(Settings {
                    $($name: match self.$name.or(file.$name) {
                        Some(value) => value,
                        None => $value.default().map_err(|initial| {
                            Key::new(stringify!($name), [$english, $chinese], &initial)
                        })?,
                    },)*
                })
            }
        }

        /// All keys, in the order of the list.
        pub(crate) fn keys() -> Vec<Key> {
            vec![$(Key::new(stringify!($name), [$english, $chinese], &$value),)*]
        }
    };
}

options! {
    /// Folders and files: .txt, .md, .html, .jsonl
    /// 要索引的文件夹和文件：.txt、.md、.html、.jsonl
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf> = required(vec![PathBuf::from("docs")]);

    /// The folder to write the index into; made where it is missing
    /// 索引写进哪个文件夹；没有就新建
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf = required(PathBuf::from("search"));

    /// What the documents' addresses begin with; empty for addresses relative to the page
    /// 文档地址的开头；留空则相对于搜索页面
    #[arg(long, value_name = "URL")]
    base_url: String = default(String::new());

    /// Only files that match one of these globs, written as in a .gitignore, such as *.html
    /// 只收录匹配其中之一的文件；写法同 .gitignore，例如 *.html
    #[arg(long, value_name = "GLOB")]
    include: Vec<String> = default(Vec::<String>::new());

    /// No files and folders that match one of these globs
    /// 不收录匹配其中之一的文件和文件夹
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String> = default(Vec::<String>::new());

    /// Text that more than this share of the pages repeats is kept in one of them; 1 keeps all
    /// 在超过此比例的页面里重复出现的文字，只保留一处；设为 1 则全部保留
    #[arg(long, value_name = "SHARE")]
    common_share: f32 = default(0.5);

    /// Fields to filter, sort and count by, beside those that pages mark by data-suoyin-filter or -sort
    /// 用来筛选、排序和计数的字段；网页用 data-suoyin-filter 或 -sort 标出的字段另计
    #[arg(long = "facet", value_name = "FIELD")]
    facets: Vec<String> = default(DEFAULT_FACETS.map(str::to_owned).to_vec());

    /// Words that find one another: 电脑,计算机,PC; or, one way, 鸡>家禽; in the file lists, or { from, to }
    /// 互为同义的词：[["电脑", "计算机", "PC"]]；单向的写 { from = "鸡", to = "家禽" }
    #[arg(long, value_name = "WORDS")]
    synonyms: Vec<Synonyms> = default(Vec::<Synonyms>::new());

    /// Whether words of the Mainland find those of Taiwan and Hong Kong (软件, 軟體), and the other way round
    /// 大陆与港台的不同说法（软件、軟體）是否互相找得到
    #[arg(long, value_name = "BOOL")]
    regional: bool = default(true);

    /// What counts more or less than by default, such as k1=1.2,b=0.75,title=1,headings=0.3,characters=0.55; in the file { k1 = 1.2 }
    /// 排序时各项的轻重，例如 { k1 = 1.2, b = 0.75, title = 1, headings = 0.3, characters = 0.55 }
    #[arg(long, value_name = "NAME=N,…")]
    ranking: Ranking = default(Ranking::default());

    /// Languages whose words find their other forms, as searches and searching; none unless named, such as en
    /// 哪些语言的单词互相找得到各种词形（searches、searching）；不写就没有，例如 ["en"]
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    stemming: Vec<Language> = default(Vec::<Language>::new());

    /// Days by which a document must be older than the newest to count three quarters, down to a half for the oldest, by `date`; 0 lets age be
    /// 比最新的文档早多少天就只算四分之三，越早越轻，最少一半；按 date 字段算，0 表示不论新旧
    #[arg(long, value_name = "DAYS")]
    freshness: u32 = default(0);

    /// How the index is laid out in files: module, script, shards, or auto, by its size
    /// 索引的文件形式：module、script、shards，或按大小自动选择（auto）
    #[arg(long, value_enum)]
    layout: Layout = default(Layout::Auto);

    /// Also write the scripts that pages load beside the index: true or false
    /// 是否同时写出供页面加载的脚本：true 或 false
    #[arg(long, value_name = "BOOL")]
    element: bool = default(true);

    /// Whether the index can say what was meant: pinyin, completions, misspellings
    /// 是否附带搜索建议：拼音、补全、纠错
    #[arg(long, value_name = "true|false")]
    suggest: bool = default(true);

    /// Kilobytes that suggestions may take as they travel, about
    /// 搜索建议的数据传输时大约占多少 KB
    #[arg(long, value_name = "KB")]
    suggest_size: u32 = default(150);

    /// Hours that shards are kept after a newer index no longer needs them, for caches in between
    /// 新索引不再需要的分片保留多少小时，供中间缓存过期
    #[arg(long, value_name = "HOURS")]
    keep_shards: u32 = default(0);

    /// Threads that analyze and pack; 0 for one on each core
    /// 分析和压缩所用的线程数；0 表示每个核心一个
    #[arg(long, value_name = "N")]
    threads: u32 = default(0);
}
