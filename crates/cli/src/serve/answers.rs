//! What `/api/` answers: JSON, or in plain text what is wrong.

use super::engine::{Engine, Opened};
use super::tokens::{Side, Tokens};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::time::Instant;
use suoyin_core::{SearchOptions, SearchResults};

/// Hits in one answer, at most.
const MOST_HITS: usize = 100;

/// An answer, or what is wrong in plain text, as axum answers wrong parameters.
type Answer = Result<Response, (StatusCode, String)>;

fn json(value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => ([(CONTENT_TYPE, "application/json")], text).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// Asks the engine and answers with what it says.
async fn answer<T: Serialize + Send + 'static>(
    engine: &Engine,
    question: impl FnOnce(&mut Opened) -> anyhow::Result<Option<T>> + Send + 'static,
) -> Answer {
    let ended = "the engine has ended; start the command again".to_owned();
    match engine.ask(question).await {
        Some(Ok(Some(value))) => Ok(json(&value)),
        Some(Ok(None)) => Err((StatusCode::NOT_FOUND, "there is no such document".to_owned())),
        Some(Err(error)) => Err((StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}"))),
        None => Err((StatusCode::INTERNAL_SERVER_ERROR, ended)),
    }
}

#[derive(Serialize)]
struct About {
    index: String,
    documents: u32,
}

/// `/api/index`: which index this is.
pub(super) async fn about(State(engine): State<Engine>) -> Answer {
    let about = |opened: &mut Opened| {
        let (index, documents) = (opened.path.display().to_string(), opened.index.doc_count());
        Ok(Some(About { index, documents }))
    };
    answer(&engine, about).await
}

#[derive(Deserialize)]
pub(super) struct SearchParameters {
    #[serde(default)]
    q: String,
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
}

#[derive(Serialize)]
struct Timed {
    #[serde(flatten)]
    results: SearchResults,
    /// Milliseconds.
    took: f64,
}

/// `/api/search?q=&limit=&offset=`: as `suoyin search --json`.
pub(super) async fn search(
    State(engine): State<Engine>,
    Query(parameters): Query<SearchParameters>,
) -> Answer {
    let SearchParameters { q, limit, offset } = parameters;
    let limit = limit.unwrap_or(SearchOptions::default().limit).min(MOST_HITS);
    let search = move |opened: &mut Opened| {
        let start = Instant::now();
        let results = opened
            .index
            .search(&q, &SearchOptions { limit, offset, ..SearchOptions::default() })?;
        Ok(Some(Timed { results, took: start.elapsed().as_secs_f64() * 1e3 }))
    };
    answer(&engine, search).await
}

#[derive(Deserialize)]
pub(super) struct TokensParameters {
    #[serde(default)]
    text: String,
    #[serde(default)]
    side: Side,
}

/// `/api/tokens?text=&side=index|query`: what becomes of a text.
pub(super) async fn tokens(
    State(engine): State<Engine>,
    Query(TokensParameters { text, side }): Query<TokensParameters>,
) -> Answer {
    let tokens =
        move |opened: &mut Opened| Ok(Some(Tokens::of(opened.index.analyzer(), text, side)));
    answer(&engine, tokens).await
}

/// The same with the text as the body, for texts too long for an address.
pub(super) async fn tokens_of_body(
    engine: State<Engine>,
    Query(TokensParameters { side, .. }): Query<TokensParameters>,
    text: String,
) -> Answer {
    tokens(engine, Query(TokensParameters { text, side })).await
}

#[derive(Deserialize)]
pub(super) struct ExplainParameters {
    q: String,
    id: String,
}

/// `/api/explain?q=&id=`: the score of a document, term by term.
pub(super) async fn explain(
    State(engine): State<Engine>,
    Query(ExplainParameters { q, id }): Query<ExplainParameters>,
) -> Answer {
    let explain = move |opened: &mut Opened| opened.index.explain(&q, &id);
    answer(&engine, explain).await
}
