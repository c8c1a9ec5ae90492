//! Tables on standard output.

/// Rows of cells: the first column to the left, the others to the right.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these heads; a title goes above.
    pub(crate) fn new(title: &str, heads: &[&str]) -> Table {
        println!("\n=== {title}");
        Table { rows: vec![heads.iter().map(|&head| head.to_owned()).collect()] }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Writes it out.
    pub(crate) fn print(self) {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.rows {
            let mut line = String::new();
            for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
                line += &match column {
                    0 => format!("{cell:<width$}"),
                    _ => format!("  {cell:>width$}"),
                };
            }
            println!("{}", line.trim_end());
        }
    }
}

/// Bytes in the units of the budgets: 1 KB is 1000 bytes.
pub(super) fn kilobytes(bytes: f64) -> String {
    format!("{:.1}", bytes / 1e3)
}

/// Bytes in millions.
pub(super) fn megabytes(bytes: f64) -> String {
    format!("{:.2}", bytes / 1e6)
}
