//! The built window, driven over WebDriver by WebKitGTK's own driver.

use std::{
    ops::{Deref, DerefMut},
    path::Path,
    process::Child,
};

use crate::{
    Failure,
    driver::{self, Launch},
    frame,
    screen::Screen,
    session_keyring,
};

/// The real window over a data folder. Pictures of it go, numbered, to `pictures`.
#[derive(Debug)]
pub struct Window {
    driver: Child,
    /// The program's process. Only one program may run in a session: it has to be gone before the next comes.
    program: u32,
    screen: Screen,
    launch: Launch,
}

impl Window {
    /// Opens the window over `data`.
    ///
    /// # Errors
    /// When the driver or the window does not come up.
    pub async fn open(data: &Path, pictures: &Path) -> Result<Self, Failure> {
        Self::open_as(data, pictures, &Launch::default()).await
    }

    /// Opens the window over `data`, started as `launch` says.
    ///
    /// # Errors
    /// When the driver or the window does not come up.
    pub async fn open_as(data: &Path, pictures: &Path, launch: &Launch) -> Result<Self, Failure> {
        let (driver, port) = driver::start(launch)?;
        let client = driver::connect(port, data).await?;
        let window = Self {
            driver,
            program: driver::process_over(data)?,
            screen: Screen::new(client, pictures)?,
            launch: launch.clone(),
        };
        // The program keeps the size a window was closed with, and the journey before may have made it small.
        window.resize(1280, 900).await?;
        Ok(window)
    }

    /// The number of the program's process.
    pub(crate) fn process(&self) -> u32 {
        self.program
    }

    /// Kills the program as a power cut would, and opens the window again over the same data.
    ///
    /// # Errors
    /// When the program is not running or does not come up again.
    pub async fn kill_and_open_again(self, data: &Path) -> Result<Self, Failure> {
        driver::kill(self.program);
        self.gone().await?;
        session_keyring::stands_again().await?;
        self.once_gone(data).await
    }

    /// Closes the window as a person would, and opens it again over the same data.
    ///
    /// # Errors
    /// When it is gone already or does not come up again.
    pub async fn close_and_open_again(self, data: &Path) -> Result<Self, Failure> {
        self.press_the_cross()?;
        self.once_gone(data).await
    }

    async fn once_gone(mut self, data: &Path) -> Result<Self, Failure> {
        self.gone().await?;
        self.driver.kill()?;
        self.driver.wait()?;
        let (pictures, taken, launch) = (self.screen.pictures.clone(), self.screen.taken, self.launch.clone());
        drop(self);
        let mut again = Self::open_as(data, &pictures, &launch).await?;
        again.screen.taken = taken;
        Ok(again)
    }

    /// Closes the window as a person would, and its driver.
    ///
    /// # Errors
    /// When the window is gone already.
    pub async fn close(mut self) -> Result<(), Failure> {
        self.press_the_cross()?;
        self.gone().await?;
        self.driver.kill()?;
        self.driver.wait()?;
        Ok(())
    }

    /// Presses the cross of the window's frame; what the program does then, a test waits for.
    ///
    /// # Errors
    /// When the window is gone.
    pub fn press_the_cross(&self) -> Result<(), Failure> {
        frame::press_the_cross(self.program)
    }

    /// Waits until the program has ended.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn gone(&self) -> Result<(), Failure> {
        let process = format!("/proc/{}", self.program);
        crate::until(|| !Path::new(&process).exists(), "the program is gone").await
    }
}

impl Deref for Window {
    type Target = Screen;

    fn deref(&self) -> &Screen {
        &self.screen
    }
}

impl DerefMut for Window {
    fn deref_mut(&mut self) -> &mut Screen {
        &mut self.screen
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if Path::new(&format!("/proc/{}", self.program)).exists() {
            driver::kill(self.program);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
