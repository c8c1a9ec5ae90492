//! Checks that the engine is there which the command carries.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=engine");
    let is_missing = |name: &&str| !Path::new("engine").join(name).is_file();
    let suggestions = ["suoyin-suggest.wasm", "suggest-module.js", "suggest-script.js"];
    if ["suoyin.wasm", "module.js", "script.js", "suoyin-shards.wasm", "sharded.js"]
        .iter()
        .chain(&suggestions)
        .any(is_missing)
    {
        println!("cargo::error=the search engine is not compiled yet: run `cargo xtask engine`");
    }
}
