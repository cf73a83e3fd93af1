//! What a run amounts to, as one number for the shell.

/// The exit codes. Several at once: the most telling wins, see [`Exit::and`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exit {
    /// No error found.
    Sound,
    /// The work could not be done: endpoint, file, disk.
    NotDone,
    /// Wrong usage.
    Usage,
    /// A figure or a name failed.
    Failed,
    /// Part of the text is not translated.
    Incomplete,
    /// Stopped by the budget.
    Budget,
}

impl Exit {
    /// The number for the shell.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Sound => 0,
            Self::NotDone => 1,
            Self::Usage => 2,
            Self::Failed => 3,
            Self::Incomplete => 4,
            Self::Budget => 5,
        }
    }

    /// Two results at once: 2 outranks 1, then 4, 5, 3 and 0.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let rank = |exit: Self| match exit {
            Self::Usage => 0,
            Self::NotDone => 1,
            Self::Incomplete => 2,
            Self::Budget => 3,
            Self::Failed => 4,
            Self::Sound => 5,
        };
        if rank(other) < rank(self) { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn the_order_of_precedence_is_2_1_4_5_3() {
        let order = [
            Exit::Usage,
            Exit::NotDone,
            Exit::Incomplete,
            Exit::Budget,
            Exit::Failed,
            Exit::Sound,
        ];
        assert_eq!(order.map(Exit::code), [2, 1, 4, 5, 3, 0]);
        for (rank, stronger) in order.iter().enumerate() {
            for weaker in &order[rank..] {
                assert_eq!(stronger.and(*weaker), *stronger);
                assert_eq!(weaker.and(*stronger), *stronger);
            }
        }
    }
}
