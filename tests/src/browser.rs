//! Chromium, driven by its own driver: for the hub's pages.

use std::{
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::json;

use crate::{Failure, driver, screen::Screen};

/// How a page is to be lit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// As in a bright office.
    Day,
    /// As the system asks for in the dark.
    Dark,
}

/// A browser without a display that shows 1280×720 of a page; ended when dropped.
#[derive(Debug)]
pub struct Browser {
    driver: Child,
    screen: Screen,
    downloads: PathBuf,
}

impl Browser {
    /// Opens a fresh browser; its profile and downloads go to `folder`.
    ///
    /// # Errors
    /// When Chromium or its driver is not installed.
    pub async fn open(folder: &Path, pictures: &Path, light: Light) -> Result<Self, Failure> {
        let (profile, downloads) = (folder.join("profile"), folder.join("downloads"));
        std::fs::create_dir_all(&downloads)?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("chromedriver (package chromium-driver): {error}"))?;
        let mut arguments = vec![
            "--headless=new".to_owned(),
            // 1280×720 for the page itself: the frame around it takes the rest.
            "--window-size=1280,863".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            format!("--user-data-dir={}", profile.display()),
            format!(
                "--blink-settings=preferredColorScheme={}",
                if light == Light::Dark { 0 } else { 1 }
            ),
        ];
        // Chromium's sandbox refuses to run as root; anybody else keeps it.
        if is_root() {
            arguments.push("--no-sandbox".to_owned());
        }
        let preferences = json!({
            "download.default_directory": downloads,
            "download.prompt_for_download": false,
            "plugins.always_open_pdf_externally": true,
        });
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {"args": arguments, "prefs": preferences},
        });
        let client = match driver::session(port, capabilities).await {
            Ok(client) => client,
            Err(error) => {
                end(driver);
                return Err(error);
            }
        };
        Ok(Self {
            driver,
            screen: Screen::new(client, pictures)?,
            downloads,
        })
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn visit(&self, address: &str) -> Result<(), Failure> {
        self.screen.client.goto(address).await?;
        Ok(())
    }

    /// The address of the page shown.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn address(&self) -> Result<String, Failure> {
        Ok(self.screen.client.current_url().await?.to_string())
    }

    /// Waits until a file was downloaded whole, and gives what is in it.
    ///
    /// # Errors
    /// When none comes in time.
    pub async fn downloaded(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let file = self.downloads.join(name);
        crate::until(|| file.is_file(), &format!("{name} in {}", self.downloads.display())).await?;
        Ok(std::fs::read(file)?)
    }

    /// Ends the browser and its driver.
    ///
    /// # Errors
    /// When it is gone already.
    pub async fn close(self) -> Result<(), Failure> {
        self.screen.client.clone().close().await?;
        Ok(())
    }
}

impl Deref for Browser {
    type Target = Screen;

    fn deref(&self) -> &Screen {
        &self.screen
    }
}

impl DerefMut for Browser {
    fn deref_mut(&mut self) -> &mut Screen {
        &mut self.screen
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver takes the browser it started along when it is told to end.
        let _ = Command::new("kill")
            .args(["-TERM", &self.driver.id().to_string()])
            .status();
        let _ = self.driver.wait();
    }
}

fn end(mut driver: Child) {
    let _ = driver.kill();
    let _ = driver.wait();
}

fn is_root() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("Uid:"))
        .is_some_and(|ids| ids.split_whitespace().nth(1) == Some("0"))
}
