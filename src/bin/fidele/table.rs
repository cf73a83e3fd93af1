//! Rows under headings, for people: aligned text, or a Markdown table.

use fidele::settings::Form;

use crate::failure::visible;

/// Rows under headings. Every row has as many cells as there are headings.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(headings: &[&str]) -> Self {
        let headings = headings.iter().map(|&heading| heading.to_owned()).collect();
        Self { rows: vec![headings] }
    }

    pub fn push(&mut self, row: &[String]) {
        debug_assert_eq!(row.len(), self.rows[0].len(), "a cell for each heading");
        let cells = row.iter().map(|cell| fidele::report::visible(cell).into_owned());
        self.rows.push(cells.collect());
    }

    /// The table as text or Markdown.
    pub fn render(&self, form: Form) -> String {
        match form {
            Form::Markdown => self.markdown(),
            _ => self.text(),
        }
    }

    fn text(&self) -> String {
        let widths: Vec<usize> = (0..self.rows[0].len())
            .map(|column| {
                let cells = self
                    .rows
                    .iter()
                    .map(|row| console::measure_text_width(&row[column]));
                cells.max().unwrap_or_default()
            })
            .collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let padding = width.saturating_sub(console::measure_text_width(cell));
                line.push_str(cell);
                line.push_str(&" ".repeat(padding + 2));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    fn markdown(&self) -> String {
        let line = |row: &[String]| {
            let cells: Vec<_> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let mut text = line(&self.rows[0]);
        text.push('|');
        text.push_str(&"---|".repeat(self.rows[0].len()));
        text.push('\n');
        for row in &self.rows[1..] {
            text.push_str(&line(row));
        }
        visible(&text)
    }
}
