//! Reads the one Tauri config at the root, the capability of the window and the permission file of each command area.

fn main() {
    // The library watches its own folders only; a command newly permitted would stay refused until a clean build.
    for folder in ["src-tauri/permissions", "src-tauri/capabilities"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/*.json")
        .app_manifest(tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/*.toml"));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
