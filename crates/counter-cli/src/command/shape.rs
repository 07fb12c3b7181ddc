//! The views of the desk in the spelling of the commands: keys in snake_case.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::failure::Failure;

/// `view` as JSON with snake_case keys. Keys that are codes, such as `CF_WSH`, stay.
pub fn snake(view: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(view)
        .map(respelled)
        .map_err(|error| Failure::coded("internal", &error.to_string()))
}

fn respelled(value: Value) -> Value {
    match value {
        Value::Object(entries) => Value::Object(
            entries
                .into_iter()
                .map(|(key, value)| (snake_key(key), respelled(value)))
                .collect::<Map<_, _>>(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(respelled).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn snake_key(key: String) -> String {
    if !key.starts_with(|first: char| first.is_ascii_lowercase()) {
        return key;
    }
    let mut snake = String::with_capacity(key.len() + 4);
    for letter in key.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_of_views_are_respelled_and_codes_stay() {
        let view = json!({"formerNames": [{"docNo": "dataAsOf"}], "CF_WSH": 1, "no": null});
        assert_eq!(
            snake(&view).unwrap(),
            json!({"former_names": [{"doc_no": "dataAsOf"}], "CF_WSH": 1, "no": null})
        );
    }
}
