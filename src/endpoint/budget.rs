//! What a run may cost, looked at before each request.
//!
//! In: a cap in dollars, in tokens, or both, and what a request will cost at most. Out: leave to send it, or not.
//!
//! Laws: what is spent and what may still come of the requests on their way never exceeds a cap, as far as the server
//! counts as we do; a request that was refused or never reached the server costs nothing; one whose answer broke off
//! counts with its prompt, since it may be billed. Answers from the journal do not come this way.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::openai::Quirks;
use super::{Request, Usage, openai};
use crate::settings::Dollars;

/// The caps of a run. Without any, everything may be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Caps {
    /// The most it may cost, with the prices of a million tokens of prompt and of answer.
    pub cost: Option<(Dollars, [Dollars; 2])>,
    /// The most tokens, prompts and answers together.
    pub tokens: Option<u64>,
}

/// What is spent and what is on its way.
#[derive(Debug, Default)]
pub struct Budget {
    caps: Caps,
    account: Mutex<Account>,
}

#[derive(Debug, Default)]
struct Account {
    spent: Usage,
    on_their_way: Usage,
}

impl Budget {
    /// Nothing spent yet.
    #[must_use]
    pub fn new(caps: Caps) -> Self {
        Self {
            caps,
            account: Mutex::default(),
        }
    }

    /// Leave to send a request that costs at most `most`.
    ///
    /// # Errors
    /// The cap it could exceed, in words.
    pub fn reserve(&self, most: Usage) -> Result<Reserved<'_>, String> {
        let mut account = self.account();
        let mut all = account.spent;
        all += account.on_their_way;
        all += most;
        if let Some(cap) = self.caps.tokens
            && all.input.saturating_add(all.output) > cap
        {
            return Err(format!("{cap} tokens"));
        }
        if let Some((cap, [input, output])) = self.caps.cost
            && input.for_tokens(all.input) + output.for_tokens(all.output) > cap
        {
            return Err(cap.to_string());
        }
        account.on_their_way += most;
        Ok(Reserved { budget: self, most })
    }

    fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Leave to send one request. Dropped without [`Reserved::cost`], it cost nothing.
#[derive(Debug)]
pub struct Reserved<'a> {
    budget: &'a Budget,
    most: Usage,
}

impl Reserved<'_> {
    /// What it did cost.
    pub fn cost(self, usage: Usage) {
        self.budget.account().spent += usage;
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        let mut account = self.budget.account();
        account.on_their_way.input -= self.most.input;
        account.on_their_way.output -= self.most.output;
    }
}

/// What a request costs at most: its prompt at three bytes a token (French and English take four in most
/// vocabularies), and the longest answer it allows.
#[must_use]
pub fn most(request: &Request, quirks: Quirks) -> Usage {
    let (system, user) = openai::prompt(request, quirks.shape);
    Usage {
        input: (system.len() + user.len()).div_ceil(3) as u64,
        output: u64::from(quirks.longest(request)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(input: u64, output: u64) -> Usage {
        Usage { input, output }
    }

    #[test]
    fn what_is_on_its_way_counts_until_its_cost_is_known() {
        let budget = Budget::new(Caps {
            tokens: Some(100),
            cost: None,
        });
        let first = budget.reserve(usage(40, 20)).unwrap();
        assert_eq!(budget.reserve(usage(40, 20)).unwrap_err(), "100 tokens");
        first.cost(usage(35, 5));
        let second = budget.reserve(usage(40, 20)).unwrap();
        drop(second);
        budget.reserve(usage(40, 20)).unwrap().cost(usage(40, 20));
        assert!(budget.reserve(usage(1, 0)).is_err(), "spent to the last token");
    }

    #[test]
    fn a_cost_has_two_prices() {
        let dollar = Dollars(1_000_000);
        let budget = Budget::new(Caps {
            tokens: None,
            cost: Some((Dollars(100), [dollar, Dollars(2_000_000)])),
        });
        assert!(budget.reserve(usage(0, 51)).is_err());
        budget.reserve(usage(0, 50)).unwrap().cost(usage(20, 30));
        assert!(budget.reserve(usage(21, 0)).is_err());
        assert!(budget.reserve(usage(20, 0)).is_ok());
    }

    #[test]
    fn without_caps_everything_may_be_sent() {
        assert!(
            Budget::default()
                .reserve(usage(u64::MAX / 4, u64::MAX / 4))
                .is_ok()
        );
    }
}
