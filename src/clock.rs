//! The time a search takes, as the browser measures it.

use wasm_bindgen::prelude::*;
use web_sys::Performance;

#[wasm_bindgen]
extern "C" {
    // The same global in a window, in a worker and in Node, so no cast of the global object is
    // needed; `Option` because a bare engine (a shell, an old worklet) has none.
    #[wasm_bindgen(thread_local_v2, js_name = performance)]
    static PERFORMANCE: Option<Performance>;
}

/// Milliseconds since some fixed moment, as finely as the host lets us know.
pub(crate) fn now() -> f64 {
    PERFORMANCE.with(|performance| match performance {
        Some(performance) => performance.now(),
        None => js_sys::Date::now(),
    })
}
