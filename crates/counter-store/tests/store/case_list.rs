//! The list of cases, its pages and what is looked for in it.

use counter_core::case::CaseState;
use counter_store::{
    StoreError,
    table::repair_case::{self, CaseFilter},
};

use crate::support::{Counter, submit, take_case_in};

fn found(counter: &Counter, filter: &CaseFilter<'_>) -> Vec<String> {
    let rows = counter
        .store()
        .read::<_, StoreError>(|tx| repair_case::list(tx, filter));
    rows.unwrap().into_iter().map(|row| row.no).collect()
}

#[test]
fn the_latest_case_stands_first_and_the_next_page_goes_on_where_the_last_ended() {
    let counter = Counter::new();
    let mut taken: Vec<_> = (0..5).map(|_| take_case_in(counter.store(), None)).collect();
    taken.reverse();
    let page = |after| CaseFilter {
        after,
        limit: Some(2),
        ..CaseFilter::default()
    };
    let pages: Vec<_> = [0, 2, 4]
        .into_iter()
        .flat_map(|after| found(&counter, &page(after)))
        .collect();
    assert_eq!(pages, taken);
}

#[test]
fn a_text_is_looked_for_as_it_stands_in_small_or_capital_letters() {
    let counter = Counter::new();
    let no = take_case_in(counter.store(), None);
    take_case_in(counter.store(), None);
    submit(counter.store(), &no).unwrap();
    let with = |text, states| CaseFilter {
        text: Some(text),
        states,
        ..CaseFilter::default()
    };
    let small = no.to_lowercase();
    assert_eq!(found(&counter, &with(&small, &[])), [no.as_str()]);
    assert_eq!(found(&counter, &with("2026〕7号", &[])).len(), 2);
    assert_eq!(
        found(&counter, &with("市场监督管理局", &[CaseState::Submitted])),
        [no.as_str()]
    );
    for not_a_pattern in ["%", "_", r"\", "测%商贸"] {
        assert_eq!(
            found(&counter, &with(not_a_pattern, &[])),
            Vec::<String>::new(),
            "{not_a_pattern}"
        );
    }
}
