//! Publishing reference data and rule packs: what is in force, a file handed in and looked through, and the version that
//! comes of it. The same operations as the command's; nothing is published before it was shown.

mod pack;
mod preview;
mod upload;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use hub_api::{
    cbor,
    dataset::{DatasetKind, DatasetVersion, Manifest},
};
use maud::{Markup, html};

use super::{
    Web,
    answer::PageError,
    layout::{self, Fault},
    seat::{Posted, Seat},
};
use crate::{
    dataset::{FileError, Mode, PublishError, Published, publish},
    officer::Action,
    store::{DatasetRow, DatasetStore, HubStore, StoreError},
};
pub(super) use upload::LONGEST_BYTES;
use upload::{HandedIn, Upload, UploadError};

/// A version as it is shown.
struct Shown {
    row: DatasetRow,
    version: DatasetVersion,
    source: String,
}

pub(super) async fn page<S: HubStore>(State(web): State<Web<S>>, seat: Seat) -> Result<Markup, PageError> {
    seat.allow(Action::Publish)?;
    show(&web, &seat, DatasetKind::Penalty, &[], None).await
}

/// A file was handed in: keeps it, looks it through and shows what publishing it would change.
pub(super) async fn look_through<S: HubStore>(
    State(web): State<Web<S>>,
    upload: Upload,
) -> Result<Response, PageError> {
    let Upload { seat, kind, handed_in } = upload;
    let fault = match handed_in {
        Ok(handed_in) => {
            handed_in.keep(&web.hub, &seat).await?;
            match preview::page(&web, &seat, &handed_in).await? {
                Ok(page) => return Ok(page.into_response()),
                Err(error) => file_fault(&seat, &error),
            }
        }
        Err(error) => upload_fault(&seat, error),
    };
    let page = show(&web, &seat, kind, &[fault], None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What was shown is published.
pub(super) async fn confirm<S: HubStore>(State(web): State<Web<S>>, posted: Posted) -> Result<Response, PageError> {
    let Posted { seat, fields } = posted;
    seat.allow(Action::Publish)?;
    let handed_in = HandedIn::kept(&web.hub, &seat, &fields).await?;
    let handed_in = handed_in.ok_or(PageError::NotFound(seat.language))?;
    let kind = handed_in.kind;
    let file = match handed_in.rows(&web.hub) {
        Ok(file) => file,
        Err(error) => return refuse(&web, &seat, kind, file_fault(&seat, &error)).await,
    };
    let publication = handed_in.publication(&seat, &file);
    match publish(&web.hub, &publication, file.rows).await {
        Ok(published) => {
            tracing::info!(
                district = seat.officer.district,
                account = seat.officer.account,
                kind = kind.as_str(),
                version = published.version,
                "published at the pages"
            );
            Ok(show(&web, &seat, kind, &[], Some(&published)).await?.into_response())
        }
        Err(PublishError::Store(error)) => Err(error.into()),
        Err(error) => refuse(&web, &seat, kind, publish_fault(&seat, &error)).await,
    }
}

async fn refuse<S: HubStore>(
    web: &Web<S>,
    seat: &Seat,
    kind: DatasetKind,
    fault: Fault,
) -> Result<Response, PageError> {
    let page = show(web, seat, kind, &[fault], None).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

fn upload_fault(seat: &Seat, error: UploadError) -> Fault {
    let key = match error {
        UploadError::NoFile => "publishing.needFile",
        UploadError::TooLong => "publishing.tooLong",
    };
    let most = (LONGEST_BYTES >> 20).to_string();
    Fault::new("file", seat.language.fill(key, &[("mib", &most)]))
}

fn file_fault(seat: &Seat, error: &FileError) -> Fault {
    use publicity_file::CheckError;
    let (key, detail) = match error {
        FileError::Check(CheckError::Read(error)) => (format!("refusal.{}", error.code()), error.detail()),
        FileError::Check(CheckError::OtherKind { sheet }) => ("refusal.import_other_kind".to_owned(), sheet.clone()),
        FileError::NoKnownHeader => ("refusal.import_no_known_header".to_owned(), String::new()),
        FileError::Pack(error) => ("publishing.noPack".to_owned(), error.to_string()),
        FileError::NotText => ("publishing.noText".to_owned(), String::new()),
    };
    Fault::new("file", seat.language.fill(&key, &[("detail", &detail)]))
}

fn publish_fault(seat: &Seat, error: &PublishError) -> Fault {
    let key = match error {
        PublishError::Empty => "publishing.empty",
        PublishError::SameKey => "publishing.sameKey",
        PublishError::RowTooLong => "publishing.rowTooLong",
        PublishError::TooMany => "publishing.tooMany",
        PublishError::Overtaken => "publishing.overtaken",
        PublishError::Before(_) | PublishError::Store(_) => "publishing.before",
    };
    Fault::new("file", seat.say(key))
}

async fn show<S: HubStore>(
    web: &Web<S>,
    seat: &Seat,
    chosen: DatasetKind,
    faults: &[Fault],
    published: Option<&Published>,
) -> Result<Markup, PageError> {
    let mut versions = Vec::new();
    for kind in DatasetKind::ALL {
        versions.push((kind, kept(web, &seat.officer.district, kind).await?));
    }
    let title = seat.say("publishing.title");
    let body = html! {
        (layout::faults(seat.language, faults))
        h1 { (title) }
        @if let Some(published) = published { (outcome(seat, published)) }
        @for (kind, versions) in &versions { (in_force(seat, *kind, versions)) }
        (form(seat, chosen, faults))
    };
    Ok(layout::page(seat, "/publishing", title, &body))
}

async fn kept<S: HubStore>(web: &Web<S>, district: &str, kind: DatasetKind) -> Result<Vec<Shown>, StoreError> {
    let damaged =
        |error: &dyn std::fmt::Display| StoreError::Damaged(format!("a version of {}: {error}", kind.as_str()));
    let mut transaction = web.hub.store.begin_read().await?;
    let mut shown = Vec::new();
    for row in transaction.dataset_versions(district, kind).await? {
        let version: DatasetVersion = cbor::decode(&row.entry).map_err(|error| damaged(&error))?;
        let manifest = transaction.chunk(district, row.manifest).await?;
        let manifest = manifest.ok_or_else(|| damaged(&"its manifest is gone"))?;
        let manifest: Manifest = cbor::decode(&manifest).map_err(|error| damaged(&error))?;
        shown.push(Shown {
            row,
            version,
            source: manifest.source,
        });
    }
    Ok(shown)
}

fn outcome(seat: &Seat, published: &Published) -> Markup {
    let (version, rows) = (published.version.to_string(), published.rows.to_string());
    let key = if published.is_new {
        "publishing.done"
    } else {
        "publishing.nothingNew"
    };
    let words = [("version", version.as_str()), ("rows", &rows)];
    html! { p.note.ok role="status" data-testid="published" { (seat.language.fill(key, &words)) } }
}

fn in_force(seat: &Seat, kind: DatasetKind, versions: &[Shown]) -> Markup {
    let name = seat.word("publishing.kind_", kind.as_str());
    html! {
        section.card data-testid={ "versions-" (kind.as_str()) } {
            h2 { (name) }
            @if versions.is_empty() {
                p.quiet { (seat.say("publishing.never")) }
            } @else {
                div.wide tabindex="0" role="region" aria-label=(name) {
                    table {
                        thead { tr {
                            th scope="col" { (seat.say("publishing.version")) }
                            th scope="col" { (seat.say("publishing.dataAsOf")) }
                            th.number scope="col" { (seat.say("publishing.rows")) }
                            th scope="col" { (seat.say("publishing.source")) }
                            th scope="col" { (seat.say("publishing.published")) }
                        } }
                        tbody { @for (place, shown) in versions.iter().enumerate() { (line(seat, shown, place == 0)) } }
                    }
                }
            }
        }
    }
}

fn line(seat: &Seat, shown: &Shown, in_force: bool) -> Markup {
    html! {
        tr {
            th scope="row" {
                span.code { (shown.version.version) } " "
                @if in_force { span.state.ok { (seat.say("publishing.inForce")) } }
                @else { span.state { (seat.say("publishing.before_it")) } }
            }
            td { (shown.version.data_as_of.map_or_else(|| "—".to_owned(), |day| day.to_string())) }
            td.number { (shown.version.rows) }
            td { (shown.source) }
            td {
                (layout::moment(shown.row.published_at))
                span.sub { (seat.word("publishing.by_", &shown.row.published_by)) }
            }
        }
    }
}

fn form(seat: &Seat, chosen: DatasetKind, faults: &[Fault]) -> Markup {
    let fault = faults.iter().find(|fault| fault.field == "file");
    let most = (LONGEST_BYTES >> 20).to_string();
    html! {
        form.card method="post" action="/publishing/look" enctype="multipart/form-data" {
            h2 { (seat.say("publishing.handIn")) }
            p.quiet { (seat.say("publishing.handInHint")) }
            (layout::token(seat))
            div.field {
                label for="kind" { (seat.say("publishing.kind")) }
                select.input id="kind" name="kind" data-testid="kind" {
                    @for kind in DatasetKind::ALL {
                        option value=(kind.as_str()) selected[kind == chosen] {
                            (seat.word("publishing.kind_", kind.as_str()))
                        }
                    }
                }
            }
            fieldset {
                legend.label { (seat.say("publishing.mode")) }
                @for (word, is_usual) in [(upload::REPLACE, true), (upload::ADD, false)] {
                    label.choice {
                        input type="radio" name="mode" value=(word) checked[is_usual] data-testid={ "mode-" (word) };
                        (seat.word("publishing.mode_", word))
                    }
                }
            }
            div.field {
                label for="file" { (seat.say("publishing.file")) }
                p.hint id="file-hint" { (seat.language.fill("publishing.fileHint", &[("mib", &most)])) }
                @if let Some(fault) = fault { p.wrong id="file-wrong" { (fault.text) } }
                input.input type="file" id="file" name="file" data-testid="file" accept=".csv,.xls,.xlsx,.toml"
                    aria-invalid=[fault.map(|_| "true")]
                    aria-describedby=(if fault.is_some() { "file-wrong" } else { "file-hint" });
            }
            div.acts { button.btn.primary type="submit" data-testid="look-through" { (seat.say("publishing.look")) } }
        }
    }
}

/// Packs stand beside each other; a register or a list of decisions is whole, unless it is handed in as an addition.
fn mode_of(kind: DatasetKind, word: &str) -> Mode {
    if kind == DatasetKind::RulePack || word == upload::ADD {
        Mode::Add
    } else {
        Mode::Replace
    }
}
