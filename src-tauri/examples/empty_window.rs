//! A window with one line in it and nothing behind it: what the start of the program is measured against.

use tauri::{WebviewUrl, WebviewWindowBuilder, http::Response};

const PAGE: &str =
    "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>空窗口</title><p id=\"ready\">空窗口</p>";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut context = tauri::generate_context!("tauri.conf.json");
    context.config_mut().app.windows.clear();
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            Response::builder()
                .header("Content-Type", "text/html; charset=utf-8")
                .body(PAGE.as_bytes())
                .unwrap_or_default()
        })
        .setup(|app| {
            let page = WebviewUrl::CustomProtocol("empty://localhost/".parse()?);
            WebviewWindowBuilder::new(app, "main", page).title("空窗口").build()?;
            Ok(())
        })
        .run(context)?;
    Ok(())
}
