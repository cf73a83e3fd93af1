//! The checks alone: no model, no key, no network. `cargo run --no-default-features --example check_only`

#![expect(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use fidele::finding::Subject;
use fidele::verify::Checker;

fn main() {
    let french = "Londres a versé près de 4,5 milliards d'euros à l'OTAN en mars, selon Élise Moreau.";
    let english = "London paid nearly €4.5 million to NATO in March, according to Elise Moreau.";
    let verdict = Checker::default().check(french, english);

    for account in &verdict.accounts {
        let because = account.because.as_deref().unwrap_or("-");
        println!("{:?}\t{}\t{because}", account.outcome, account.source.text);
    }
    for finding in &verdict.findings {
        println!("{}: {}", finding.code, finding.message);
    }
    let (figures, names) = (verdict.count(Subject::Figure), verdict.count(Subject::Name));
    println!(
        "{} of {} figures, {} of {} names",
        figures.proven,
        figures.total(),
        names.proven,
        names.total()
    );
}
