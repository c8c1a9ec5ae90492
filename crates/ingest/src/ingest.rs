//! The way from inputs to documents.

use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::{thread, vec};

use suoyin_core::Document;

use crate::decode::decode;
use crate::draft::{Draft, Parsed};
use crate::error::{IngestError, Location};
use crate::generated::is_start_page;
use crate::jsonl::{self, Mistake};
use crate::meta::{self, DEFAULT_FACETS};
use crate::noise::LinePlaces;
use crate::report::{Decoded, Demoted, Repaired, Report, SkipReason, excerpt};
use crate::select::Selection;
use crate::survey::Survey;
use crate::walk::{self, Format, Found, Source};
use crate::{html, markdown, mojibake, noise, plain, url};

/// How documents are made.
///
/// ```
/// use suoyin_ingest::IngestOptions;
///
/// let options = IngestOptions {
///     base_url: "https://example.org/docs/".to_owned(),
///     exclude: vec!["drafts/".to_owned()],
///     ..IngestOptions::default()
/// };
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct IngestOptions {
    /// What stands before every URL, for instance `https://example.org/docs/`; empty for URLs
    /// relative to the page that searches.
    pub base_url: String,
    /// Globs of which a file must match one to be read, written as in a `.gitignore` and relative to
    /// the input: `*.html`, `/guide/`. Empty for all files. Files given by name are always read.
    pub include: Vec<String>,
    /// Globs of files and folders that are not read, in the same way. They win over `include`, and over
    /// the `!` of a `.suoyinignore`.
    pub exclude: Vec<String>,
    /// A folder that is passed over where it stands below an input, without being counted: the one
    /// that is written to.
    pub output: Option<PathBuf>,
    /// A block that stands in more than this share of the pages belongs to the site, not to each page:
    /// it is kept in the first that has it, where it counts little, and left out of the others. This
    /// goes for HTML and for Markdown, each for itself, where there are eight pages or more; the share
    /// is that of 512 of them at most, evenly spread. Headings stay. `None` keeps all blocks.
    pub common_share: Option<f32>,
    /// Fields of the metadata by which documents can be filtered, sorted and counted, beside those
    /// that pages mark by `data-suoyin-filter` and `data-suoyin-sort`; `title` is one too.
    pub facets: Vec<String>,
}

impl Default for IngestOptions {
    /// All files, URLs that are relative, blocks of more than half of the pages kept once, and
    /// [`DEFAULT_FACETS`].
    fn default() -> Self {
        IngestOptions {
            base_url: String::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            output: None,
            common_share: Some(0.5),
            facets: DEFAULT_FACETS.map(str::to_owned).to_vec(),
        }
    }
}

/// All documents of some inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ingested {
    /// The documents, in order.
    pub documents: Vec<Document>,
    /// Every file that was read, in order, ignore files first: what a build depends on, beside the folders themselves.
    pub files: Vec<PathBuf>,
    /// What else happened.
    pub report: Report,
}

/// Reads all documents of folders and files.
pub fn ingest(inputs: &[PathBuf], options: &IngestOptions) -> Result<Ingested, IngestError> {
    let mut ingest = Ingest::new(inputs, options)?;
    let documents = ingest.by_ref().collect::<Result<Vec<Document>, IngestError>>()?;
    let (files, report) = ingest.into_parts();
    Ok(Ingested { documents, files, report })
}

/// Reads all documents of folders and files and hands them over one by one: while `take` works on
/// one, the next are read on another thread. Gives the files read and the report.
///
/// Few documents stand in memory at once. The first error, be it ours or `take`'s, ends the reading.
pub fn ingest_each<E: From<IngestError>>(
    inputs: &[PathBuf],
    options: &IngestOptions,
    mut take: impl FnMut(Document) -> Result<(), E>,
) -> Result<(Vec<PathBuf>, Report), E> {
    const AHEAD: usize = 64;
    let mut ingest = Ingest::new(inputs, options)?;
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(AHEAD);
        let reader = scope.spawn(move || {
            for document in ingest.by_ref() {
                // Nobody listens any more after an error of `take`.
                if sender.send(document).is_err() {
                    break;
                }
            }
            ingest.into_parts()
        });
        for document in receiver {
            take(document?)?;
        }
        reader.join().map_err(|panic| std::panic::resume_unwind(panic))
    })
}

/// Reads the documents of folders and files one after the other.
///
/// After an error, and where the inputs have no document at all, the last item is an error.
#[derive(Debug)]
pub struct Ingest {
    options: IngestOptions,
    inputs: Vec<PathBuf>,
    sources: vec::IntoIter<Source>,
    /// Made when the first document is asked for.
    survey: Option<Survey>,
    lines: Option<Lines>,
    ids: HashMap<String, Location>,
    /// Pages by the hashes of their titles and texts: the first, and whether it is a start page.
    pages: HashMap<u64, bool>,
    files: Vec<PathBuf>,
    report: Report,
    ended: bool,
}

/// A file of JSON lines that is being read.
#[derive(Debug)]
struct Lines {
    source: Source,
    reader: BufReader<File>,
    number: u64,
    line: Vec<u8>,
}

impl Ingest {
    /// Looks for the files; reads none of them yet. Pages are read twice then: all of them, for what they
    /// have in common, when the first document is asked for.
    pub fn new(inputs: &[PathBuf], options: &IngestOptions) -> Result<Ingest, IngestError> {
        let mut report = Report::default();
        let selection = Selection::new(options);
        let Found { sources, ignore_files } = walk::sources(inputs, &selection, &mut report)?;
        let mut files = ignore_files;
        files.reserve(sources.len());
        Ok(Ingest {
            options: options.clone(),
            inputs: inputs.to_vec(),
            files,
            sources: sources.into_iter(),
            survey: None,
            lines: None,
            ids: HashMap::new(),
            pages: HashMap::new(),
            report,
            ended: false,
        })
    }

    /// What happened so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The files read so far, in order, ignore files first.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// The files read and the report.
    pub fn into_parts(self) -> (Vec<PathBuf>, Report) {
        (self.files, self.report)
    }

    fn advance(&mut self) -> Result<Option<Document>, IngestError> {
        loop {
            if let Some(mut lines) = self.lines.take() {
                if lines.read()? {
                    let document = self.line(&lines)?;
                    self.lines = Some(lines);
                    match document {
                        Some(document) => return Ok(Some(document)),
                        None => continue,
                    }
                }
                self.files.push(lines.source.path);
            }
            let mut survey = match self.survey.take() {
                Some(survey) => survey,
                None => self.survey(),
            };
            let Some(source) = self.sources.next() else { return self.at_end(&survey) };
            if source.format == Format::JsonLines {
                self.lines = Some(Lines::open(source)?);
                self.survey = Some(survey);
                continue;
            }
            let document = self.file(&source, &mut survey)?;
            self.survey = Some(survey);
            self.files.push(source.path);
            if document.is_some() {
                return Ok(document);
            }
        }
    }

    fn survey(&mut self) -> Survey {
        let survey = Survey::of(self.sources.as_slice(), &self.options);
        if let (Some(canonical), Some(input)) = (&survey.mistaken, self.inputs.first()) {
            let message = format!(
                "most pages give {canonical:?} as their canonical URL, which is ignored; let the \
                 template give each page its own"
            );
            self.report.warn(Location::file(input), message);
        }
        survey
    }

    fn at_end(&mut self, survey: &Survey) -> Result<Option<Document>, IngestError> {
        if self.report.documents > 0 {
            self.report.common_blocks =
                survey.html.report().chain(survey.markdown.report()).collect();
            self.report.common_left_out =
                self.report.common_blocks.iter().map(|block| block.left_out).sum();
            return Ok(None);
        }
        let Report { skipped, assets, hidden, excluded, .. } = &self.report;
        let skipped = skipped.len() as u64 + assets + hidden + excluded;
        Err(IngestError::NoDocuments { inputs: self.inputs.clone(), skipped })
    }

    /// The document in a file that holds one.
    fn file(
        &mut self,
        source: &Source,
        survey: &mut Survey,
    ) -> Result<Option<Document>, IngestError> {
        let location = Location::file(&source.path);
        let bytes = fs::read(&source.path)
            .map_err(|error| IngestError::Read { path: source.path.clone(), source: error })?;
        let Some(decoded) = decode(bytes, source.format == Format::Html) else {
            self.report.skip(location, SkipReason::Binary);
            return Ok(None);
        };
        if let Some(encoding) = decoded.encoding {
            let malformed = decoded.malformed;
            self.report.decoded.push(Decoded { location: location.clone(), encoding, malformed });
        }
        let text = decoded.text;
        let parsed = match source.format {
            Format::Plain | Format::JsonLines => plain::parse(&text),
            Format::Html => {
                let parsed = self.html(&text, source, survey);
                survey.html.end_page(&location);
                parsed
            }
            Format::Markdown => {
                let parsed = markdown::parse(&text, &mut survey.markdown);
                survey.markdown.end_page(&location);
                parsed.map_err(|malformed| IngestError::FrontMatter {
                    location: Location::line(&source.path, malformed.line),
                    message: malformed.message,
                })?
            }
        };
        self.document(parsed, source.id.clone(), None, location, Some(&text))
    }

    fn html(&mut self, text: &str, source: &Source, survey: &mut Survey) -> Parsed {
        if text.trim().is_empty() {
            return Parsed::Skipped(SkipReason::Empty);
        }
        let page = html::read(text);
        let reason = page.skip_reason();
        if let Some(reason) = reason.or_else(|| survey.skip_reason(&page, source, &self.options)) {
            return Parsed::Skipped(reason);
        }
        // Others say themselves which page they are.
        let has_canonical = !page.canonical().is_empty();
        match html::parse(page, &mut survey.html) {
            Parsed::Document(draft) if !has_canonical && self.is_start_again(&draft, source) => {
                Parsed::Skipped(SkipReason::Duplicate)
            }
            parsed => parsed,
        }
    }

    /// Whether a start page repeats a page, or a page a start page: some generators begin a site with
    /// a copy of its first chapter.
    fn is_start_again(&mut self, draft: &Draft, source: &Source) -> bool {
        if draft.text.is_empty() {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        (source.input, &draft.title, &draft.text).hash(&mut hasher);
        let is_start = is_start_page(&source.id);
        match self.pages.entry(hasher.finish()) {
            Entry::Occupied(first) => is_start || *first.get(),
            Entry::Vacant(place) => {
                place.insert(is_start);
                false
            }
        }
    }

    /// The document in a JSON line.
    fn line(&mut self, lines: &Lines) -> Result<Option<Document>, IngestError> {
        let location = Location::line(&lines.source.path, lines.number);
        let line = jsonl::parse(lines.line.trim_ascii_end()).map_err(|mistake| match mistake {
            Mistake::Json(message) => IngestError::Json { location: location.clone(), message },
            Mistake::Field { field, expected } => {
                IngestError::Field { location: location.clone(), field, expected }
            }
        })?;
        for warning in line.warnings {
            self.report.warn(location.clone(), warning);
        }
        let id = line.id.unwrap_or_else(|| format!("{}#{}", lines.source.id, lines.number));
        self.document(line.parsed, id, line.url, location, None)
    }

    /// Makes a document of a draft; `file` is the text of its file where it is one file's.
    fn document(
        &mut self,
        parsed: Parsed,
        id: String,
        url: Option<String>,
        location: Location,
        file: Option<&str>,
    ) -> Result<Option<Document>, IngestError> {
        let mut draft = match parsed {
            Parsed::Document(draft) => draft,
            Parsed::Skipped(reason) => {
                self.report.skip(location, reason);
                return Ok(None);
            }
        };
        let sites = mojibake::repair_draft(&mut draft);
        if sites != Default::default() {
            let (repaired, left) = (sites.repaired, sites.left);
            self.report.repaired.push(Repaired { location: location.clone(), repaired, left });
        }
        let mut places = LinePlaces::of(file.unwrap_or_default());
        for noise in noise::demote(&mut draft) {
            let line = &draft.text[noise.range];
            let number = places.find(line).or(location.line);
            let location = Location { path: location.path.clone(), line: number };
            self.report.demoted.push(Demoted {
                location,
                text: excerpt(line),
                reason: noise.reason,
            });
        }
        let Draft { mut title, text, sections, mut meta, facets, weight, weights, image, .. } =
            draft;
        if u32::try_from(text.len()).is_err() {
            return Err(IngestError::TooLarge { location });
        }
        if title.is_empty() {
            title = stem(&id).to_owned();
        }
        let base = &self.options.base_url;
        let url = match url {
            Some(url) => url::given(base, &url),
            None => url::of_id(base, &id),
        };
        if !meta.contains_key("image")
            && let Some(image) = url::beside(&url, &image)
        {
            meta.insert("image".to_owned(), image.into());
        }
        if let Some(first) = self.ids.get(&id) {
            return Err(IngestError::DuplicateId { id, first: first.clone(), second: location });
        }
        for warning in draft.warnings {
            self.report.warn(location.clone(), warning);
        }
        self.ids.insert(id.clone(), location);
        self.report.documents += 1;
        self.report.text_bytes += (title.len() + text.len()) as u64;
        self.report.repeated_paragraphs += draft.repeated;
        let weighted = weights.into_document();
        let facets = meta::facets(&meta, &facets, &self.options.facets, &title);
        let meta = meta.into_iter().map(|(field, values)| (field, values.to_string())).collect();
        Ok(Some(Document { id, url, title, text, sections, meta, facets, weight, weighted }))
    }
}

impl Iterator for Ingest {
    type Item = Result<Document, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let item = self.advance().transpose();
        self.ended = !matches!(item, Some(Ok(_)));
        item
    }
}

impl Lines {
    fn open(source: Source) -> Result<Lines, IngestError> {
        match File::open(&source.path) {
            Ok(file) => {
                let reader = BufReader::with_capacity(1 << 16, file);
                Ok(Lines { source, reader, number: 0, line: Vec::new() })
            }
            Err(error) => Err(IngestError::Read { path: source.path, source: error }),
        }
    }

    /// Reads the next line that is not empty; false at the end.
    fn read(&mut self) -> Result<bool, IngestError> {
        const MARK: &[u8] = b"\xEF\xBB\xBF";
        loop {
            self.line.clear();
            let length = self.reader.read_until(b'\n', &mut self.line).map_err(|error| {
                IngestError::Read { path: self.source.path.clone(), source: error }
            })?;
            if length == 0 {
                return Ok(false);
            }
            self.number += 1;
            if self.number == 1 && self.line.starts_with(MARK) {
                self.line.drain(..MARK.len());
            }
            if !self.line.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }
}

/// A file's name without folder and extension.
fn stem(id: &str) -> &str {
    Path::new(id).file_stem().and_then(|stem| stem.to_str()).unwrap_or(id)
}
