//! Setting up, unlocking, signing in, closing.

use std::sync::Arc;

use counter_core::{case::CaseState, change::CounterCode};
use counter_desk::{
    Clock, SystemClock,
    account::{
        choices::{AccountChoice, choices},
        set_up::{SetUpCounter, set_up},
        sign_in::sign_in,
    },
    paper::SITE_NAME,
};
use counter_store::{
    Custody, NewCounter, Passphrase, RecoveryWords, Store, StoreError, Unlock,
    table::{repair_case, setting, subject},
};
use serde::{Deserialize, Serialize};
use tauri::{State, Window};

use crate::{
    app::{App, Stage, blocking, desk_over, environment},
    closing,
    error::CommandError,
};

/// What the window needs before its first screen.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AppStatus {
    stage: Stage,
    locked_reason: Option<String>,
    counter: Option<CounterView>,
    accounts: Vec<AccountChoice>,
    signed_in: Option<AccountChoice>,
    today: String,
    /// Filled with made-up subjects: every screen says so.
    demo: bool,
    /// A folder for practice.
    test: bool,
    version: &'static str,
    open_cases: u32,
    /// Why nothing can be saved, as a stable word; none where it can.
    read_only: Option<String>,
}

/// Which counter this is.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CounterView {
    site: String,
    site_name: String,
    counter: String,
    prefix: String,
}

/// A counter to be set up.
#[derive(Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetUp {
    site_name: String,
    site: String,
    counter: String,
    prefix: String,
    display_name: String,
    account_name: String,
    password: String,
}

/// The last way to the data, shown once.
#[derive(Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SetUpDone {
    recovery_words: Vec<String>,
}

/// How far the window has come and who may sign in.
#[tauri::command]
#[specta::specta]
pub async fn app_status(app: State<'_, App>) -> Result<AppStatus, CommandError> {
    status(&app).await
}

/// Makes the counter and its first administrator. It is there once [`app_words_kept`] says so.
#[tauri::command]
#[specta::specta]
pub async fn app_set_up(app: State<'_, App>, input: SetUp) -> Result<SetUpDone, CommandError> {
    let folder = app.folder().to_owned();
    let new = SetUpCounter {
        site_name: input.site_name.clone(),
        account: input.account_name.clone(),
        display_name: input.display_name.clone(),
        password: input.password.clone(),
    };
    new.check().map_err(|error| CommandError::of(&error))?;
    // The page may have been loaded again while the words stood on it; the one held then would be in the way.
    app.let_go();
    let (desk, actor, words) = blocking(move || {
        let (store, words) = begin(&folder, &input)?;
        let desk = Arc::new(desk_over(store));
        let actor = set_up(&desk, new).map_err(|error| CommandError::of(&error))?;
        Ok((desk, actor, words))
    })
    .await?;
    app.hold(desk, actor);
    Ok(SetUpDone {
        recovery_words: words.words().into_iter().map(str::to_owned).collect(),
    })
}

/// The recovery words are written down: the counter may be worked at.
#[tauri::command]
#[specta::specta]
pub async fn app_words_kept(app: State<'_, App>) -> Result<AppStatus, CommandError> {
    app.begin_work()?;
    status(&app).await
}

/// Opens the folder with the passphrase or the recovery words; the words put the key into this computer's keyring.
#[tauri::command]
#[specta::specta]
pub async fn app_unlock(
    app: State<'_, App>,
    passphrase: Option<String>,
    words: Option<String>,
) -> Result<AppStatus, CommandError> {
    let by_words = words.is_some();
    let unlock = match (passphrase, words) {
        (Some(passphrase), _) => Unlock::Passphrase(Passphrase::new(passphrase)),
        (None, Some(words)) => Unlock::RecoveryWords(
            RecoveryWords::parse(&words).map_err(|error| CommandError::new("bad_recovery_words", error.to_string()))?,
        ),
        (None, None) => Unlock::from_environment(),
    };
    app.open(&unlock).map_err(|error| CommandError::of(&error))?;
    if by_words {
        // Without a keyring the words open the folder each time; that is said on the screen, not an error here.
        let _ = app.ask(|desk| desk.store().keep_key_in_keyring()).await;
    }
    status(&app).await
}

/// Signs somebody in; the first sign-in sets the password.
#[tauri::command]
#[specta::specta]
pub async fn app_sign_in(app: State<'_, App>, account: String, password: String) -> Result<AppStatus, CommandError> {
    let actor = app.ask(move |desk| sign_in(desk, &account, &password)).await?;
    app.set_signed_in(Some(actor));
    status(&app).await
}

/// Signs the person out.
#[tauri::command]
#[specta::specta]
pub async fn app_sign_out(app: State<'_, App>) -> Result<AppStatus, CommandError> {
    app.set_signed_in(None);
    status(&app).await
}

/// Answers once the window closes but for its last backup, which it then waits for.
#[tauri::command]
#[specta::specta]
pub async fn app_closing(app: State<'_, App>) -> Result<(), CommandError> {
    app.closing().begun().await;
    Ok(())
}

/// Closes the window without waiting for its last backup. Of one that is half made nothing takes its name.
#[tauri::command]
#[specta::specta]
pub fn app_close_now(window: Window) {
    closing::leave(&window);
}

pub(super) async fn status(app: &App) -> Result<AppStatus, CommandError> {
    app.tried().await;
    let stage = app.stage();
    let mut status = AppStatus {
        stage,
        locked_reason: app.locked_reason(),
        counter: None,
        accounts: Vec::new(),
        signed_in: None,
        today: SystemClock.today().to_string(),
        demo: false,
        test: false,
        version: env!("CARGO_PKG_VERSION"),
        open_cases: 0,
        read_only: app.read_only(),
    };
    if stage != Stage::Ready {
        return Ok(status);
    }
    let signed_in = app.signed_in();
    app.ask(move |desk| {
        let identity = desk.store().identity();
        let open = [
            CaseState::Received,
            CaseState::GapsOpen,
            CaseState::Submitted,
            CaseState::Accepted,
            CaseState::Decided,
        ];
        let (site_name, demo, open_cases) = desk.store().read(|tx| {
            let cases = repair_case::count(tx, &open)?;
            Ok::<_, StoreError>((setting::get(tx, SITE_NAME)?, subject::count(tx)?.1, cases))
        })?;
        status.accounts = choices(desk)?;
        status.signed_in = status
            .accounts
            .iter()
            .find(|known| signed_in.as_ref().is_some_and(|actor| actor.account == known.name))
            .cloned();
        status.test = identity.test;
        status.demo = demo;
        status.open_cases = open_cases;
        status.counter = Some(CounterView {
            site_name: site_name.unwrap_or_default(),
            site: identity.site,
            counter: identity.counter.to_string(),
            prefix: identity.prefix,
        });
        Ok::<_, StoreError>(status)
    })
    .await
}

fn begin(folder: &std::path::Path, input: &SetUp) -> Result<(Store, RecoveryWords), CommandError> {
    let counter = NewCounter {
        site: input.site.clone(),
        counter: CounterCode(input.counter.clone()),
        prefix: input.prefix.clone(),
        test: false,
    };
    let custody = Passphrase::from_environment().map_or(Custody::Keyring, Custody::Passphrase);
    Store::begin(folder, &counter, &custody, &environment()).map_err(|error| CommandError::of(&error))
}
