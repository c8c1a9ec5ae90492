//! Which address leads where, and the headers of what is there.

use super::engine::Engine;
use super::{State, answers};
use axum::Router;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderName, HeaderValue};
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use axum::routing::get;
use futures_util::stream;
use std::path::Path;
use tokio::sync::watch;
use tower_http::cors::CorsLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// The page asks this server only, runs and shows nothing from elsewhere, and stands in no frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The files of the page: name, type, text.
const PAGE: [(&str, &str, &str); 9] = [
    ("/", "text/html", include_str!("page/index.html")),
    ("/page/icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
    ("/page/page.css", "text/css", include_str!("page/page.css")),
    ("/page/page.js", "text/javascript", include_str!("page/page.js")),
    ("/page/api.js", "text/javascript", include_str!("page/api.js")),
    ("/page/dom.js", "text/javascript", include_str!("page/dom.js")),
    ("/page/search.js", "text/javascript", include_str!("page/search.js")),
    ("/page/strings.js", "text/javascript", include_str!("page/strings.js")),
    ("/page/tokens.js", "text/javascript", include_str!("page/tokens.js")),
];

/// All there is to ask for; `folder` is what `/search/` gives.
pub(super) fn router(engine: Engine, folder: &Path, state: watch::Receiver<State>) -> Router {
    let mut page = Router::new();
    for (name, kind, text) in PAGE {
        let kind = format!("{kind}; charset=utf-8");
        page = page.route(name, get(async move || ([(CONTENT_TYPE, kind)], text)));
    }
    let api = Router::new()
        .route("/index", get(answers::about))
        .route("/search", get(answers::search))
        .route("/tokens", get(answers::tokens).post(answers::tokens_of_body))
        .route("/explain", get(answers::explain))
        .with_state(engine)
        .route("/events", get(async move || events(state.clone())));
    let files = ServeDir::new(folder).append_index_html_on_directories(true);
    Router::new()
        .merge(page)
        .nest("/api", api)
        .layer(always(CONTENT_SECURITY_POLICY, POLICY))
        .layer(always(REFERRER_POLICY, "no-referrer"))
        // What is on another origin reads the files, and neither the page nor its answers.
        .nest("/search", Router::new().fallback_service(files).layer(CorsLayer::permissive()))
        .layer(always(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // A browser may keep all this, but has to ask whether it is still so.
        .layer(always(CACHE_CONTROL, "no-cache"))
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

/// An event now, and one whenever the index was opened again, or could not be.
fn events(mut state: watch::Receiver<State>) -> impl IntoResponse {
    state.mark_changed();
    let events = stream::unfold(state, |mut state| async move {
        state.changed().await.ok()?;
        let data = serde_json::to_string(&*state.borrow_and_update());
        let event = data.map(|data| Event::default().event("index").data(data));
        Some((event, state))
    });
    Sse::new(events)
}
