//! `init`: the data folder, its first administrator, and the recovery words, which are shown this once.

use counter_core::{account::Role, change::CounterCode};
use counter_desk::{
    account::add_account::{AddAccount, add_account},
    paper::SITE_NAME,
};
use counter_store::{Custody, NewCounter, Store, StoreError, table::setting};
use serde_json::json;

use crate::{
    arguments::{Common, Init},
    failure::Failure,
    opening::only_for_practice,
    say::Answer,
};

/// Under this key stands what the computer is for; a counter set up in the window has none and is a counter.
const PROFILE: &str = "profile";

pub fn init(common: &Common, new: Init) -> Result<Answer, Failure> {
    for (name, value, longest) in [
        ("--site", &new.site, 6),
        ("--counter", &new.counter, 8),
        ("--prefix", &new.prefix, 8),
    ] {
        let plain = value.chars().all(|letter| letter.is_ascii_alphanumeric());
        if value.is_empty() || value.len() > longest || !plain {
            return Err(Failure::arguments(format!(
                "{name} 只能是不超过 {longest} 位的字母和数字。"
            )));
        }
    }
    if common.now.is_some() {
        only_for_practice(new.test)?;
    }
    let custody = Custody::from_environment();
    if new.passphrase && matches!(custody, Custody::Keyring) {
        return Err(Failure::arguments(
            "请在环境变量 CREDIT_COUNTER_PASSPHRASE 中给出口令。",
        ));
    }
    let counter = NewCounter {
        site: new.site.clone(),
        counter: CounterCode(new.counter.clone()),
        prefix: new.prefix.clone(),
        test: new.test,
    };
    let (store, words) = Store::begin(&common.folder()?, &counter, &custody, &common.environment())?;
    let desk = common.desk_over(store);
    let name = common.acting_as.clone().unwrap_or_else(|| "admin".to_owned());
    add_account(
        &desk,
        None,
        AddAccount {
            name,
            display_name: "管理员".to_owned(),
            roles: vec![Role::Administrator],
        },
    )?;
    desk.store()
        .write(|tx| {
            setting::set(tx, SITE_NAME, new.site_name.trim())?;
            setting::set(tx, PROFILE, new.profile.as_str())
        })
        .map_err(|error: StoreError| Failure::of(&error))?;
    let words = words.words();
    let text = format!(
        "已建好窗口 {}。恢复词只显示这一次，请抄写保管：\n{}",
        new.counter,
        words.join(" ")
    );
    let json = json!({
        "counter": new.counter,
        "site": new.site,
        "prefix": new.prefix,
        "profile": new.profile.as_str(),
        "recovery_words": words,
    });
    // Nobody can have kept words that were not shown: until they are, there is no counter.
    let finish = move || desk.store().finish_set_up().map_err(|error| Failure::of(&error));
    Ok(Answer {
        afterwards: Some(Box::new(finish)),
        ..Answer::new(json, text)
    })
}
