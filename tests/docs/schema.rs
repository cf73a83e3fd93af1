//! As much of JSON Schema (draft 2020-12) as the schemas of this project use. A keyword it does not know is an error, so
//! that no part of a schema goes unchecked.

#![expect(
    clippy::unwrap_used,
    reason = "a schema that is none fails the test that reads it"
)]

use serde_json::{Map, Value};

pub struct Schema(Value);

impl Schema {
    pub fn read(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap())
    }

    /// Panics with the place that does not fit.
    #[track_caller]
    pub fn assert_fits(&self, value: &Value) {
        if let Err(error) = self.check(&self.0, value, "$") {
            panic!("{error}");
        }
    }

    pub fn refuses(&self, value: &Value) -> bool {
        self.check(&self.0, value, "$").is_err()
    }

    fn check(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let fail = |what: &str| Err(format!("{at}: {what}: {value}"));
        for (keyword, rule) in schema.as_object().unwrap() {
            let fits = match keyword.as_str() {
                "$schema" | "title" | "description" | "$defs" => true,
                "$ref" => {
                    let name = rule
                        .as_str()
                        .and_then(|path| path.strip_prefix("#/$defs/"))
                        .unwrap();
                    self.check(&self.0["$defs"][name], value, at)?;
                    true
                }
                "type" => match rule {
                    Value::Array(kinds) => kinds.iter().any(|kind| is_a(value, kind)),
                    kind => is_a(value, kind),
                },
                "const" => value == rule,
                "enum" => rule.as_array().unwrap().contains(value),
                "minimum" => value.as_i64() >= rule.as_i64(),
                "anyOf" => {
                    let tried: Vec<_> = rule
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|one| self.check(one, value, at))
                        .collect();
                    if tried.iter().all(Result::is_err) {
                        return Err(tried
                            .into_iter()
                            .filter_map(Result::err)
                            .collect::<Vec<_>>()
                            .join("; "));
                    }
                    true
                }
                "required" => {
                    let has = |key: &Value| value.get(key.as_str().unwrap()).is_some();
                    rule.as_array().unwrap().iter().all(has)
                }
                "properties" => {
                    let fields = value.as_object().cloned().unwrap_or_else(Map::new);
                    for (key, field) in &fields {
                        // Stricter than JSON Schema: what we write today is all described.
                        let Some(rule) = rule.get(key) else {
                            return fail(&format!("`{key}` is not described"));
                        };
                        self.check(rule, field, &format!("{at}.{key}"))?;
                    }
                    true
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(rule, item, &format!("{at}[{index}]"))?;
                    }
                    true
                }
                other => panic!("keyword {other} at {at}"),
            };
            if !fits {
                return fail(keyword);
            }
        }
        Ok(())
    }
}

fn is_a(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("type {other}"),
    }
}
