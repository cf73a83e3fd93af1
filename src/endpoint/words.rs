//! A server's words, made fit to be shown: short, on one line, and nothing in them that a terminal would obey.

/// Whether a text is a web page rather than an answer.
pub(super) fn is_web_page(text: &str) -> bool {
    let head: String = text
        .trim_start()
        .chars()
        .take(200)
        .collect::<String>()
        .to_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<head")
        || head.contains("<html")
}

/// A web page in short, by its title.
pub(super) fn web_page(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let title = lower.find("<title>").and_then(|start| {
        let start = start + "<title>".len();
        let end = start + lower[start..].find("</title>")?;
        Some(excerpt(&text[start..end]))
    });
    match title {
        Some(title) if !title.is_empty() => format!("a web page ({title})"),
        _ => "a web page".to_owned(),
    }
}

/// A server's words, on one line, at most 300 characters, without what a terminal would obey.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 300;
    let mut excerpt = String::new();
    let mut length = 0;
    // Bounded before it is split: a server may answer with megabytes.
    let head: String = text.chars().take(LONGEST * 8).filter(|c| !is_bidi(*c)).collect();
    for word in head
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
    {
        let room = LONGEST - length;
        if word.chars().count() + 1 > room {
            excerpt.extend(word.chars().take(room));
            excerpt.push('…');
            break;
        }
        if !excerpt.is_empty() {
            excerpt.push(' ');
            length += 1;
        }
        excerpt.push_str(word);
        length += word.chars().count();
    }
    excerpt
}

/// Characters that turn the direction of text (Unicode, `Bidi_Control`).
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_short_line_that_no_terminal_obeys() {
        assert_eq!(excerpt("a\n\tb\u{1b}[31mc\u{202E}d"), "a b [31mcd");
        let long = excerpt(&"é".repeat(5000));
        assert_eq!(long.chars().count(), 301);
        assert!(excerpt(&"word ".repeat(5000)).chars().count() <= 302);
    }
}
