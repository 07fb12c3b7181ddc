//! The reducer of a sitting.

use super::{
    Answer, ExamChange, ExamDrawn, ExamResult, ExamSession, ExamStage, HandIn, HandInReason, Incident, Outage,
};
use crate::{
    change::Change,
    refusal::{Refusal, RefusalCode},
};

/// Applies a change to a sitting.
///
/// # Errors
/// When the act does not follow from how far the sitting has come, when it is dated after the time is over or
/// before exam time already used, when it names a question or a choice that is not on the paper, or when a
/// score does not follow from the paper.
pub fn apply(state: Option<ExamSession>, change: &Change, body: &ExamChange) -> Result<ExamSession, Refusal> {
    let no = &change.lane.id;
    match (state, body) {
        (None, ExamChange::Drawn(drawn)) => draw(no, drawn),
        (Some(_), ExamChange::Drawn(_)) => Err(Refusal::new(RefusalCode::AlreadyExists, no)),
        (None, _) => Err(Refusal::new(RefusalCode::NotFound, no)),
        (Some(session), body) => step(session, change.made_at, body),
    }
}

fn draw(no: &str, drawn: &ExamDrawn) -> Result<ExamSession, Refusal> {
    let unusable = |detail: &str| Err(Refusal::new(RefusalCode::Contradiction, detail));
    if drawn.questions.is_empty() || drawn.minutes == 0 || drawn.attempt == 0 {
        return unusable("empty paper");
    }
    for (at, question) in drawn.questions.iter().enumerate() {
        if drawn.questions[..at].iter().any(|earlier| earlier.id == question.id) {
            return unusable(&question.id);
        }
        let mut order = question.choice_order.clone();
        order.sort_unstable();
        if order.is_empty()
            || order
                .iter()
                .enumerate()
                .any(|(place, choice)| usize::from(*choice) != place)
        {
            return unusable(&question.id);
        }
    }
    Ok(ExamSession {
        no: no.to_owned(),
        drawn: drawn.clone(),
        started_at: None,
        answers: Vec::new(),
        marked: Vec::new(),
        incidents: Vec::new(),
        outages: Vec::new(),
        elapsed_ms: 0,
        handed_in: None,
        result: None,
    })
}

fn step(mut session: ExamSession, made_at: i64, body: &ExamChange) -> Result<ExamSession, Refusal> {
    match body {
        ExamChange::Drawn(_) => return Err(Refusal::new(RefusalCode::AlreadyExists, session.no)),
        ExamChange::Started => {
            require(&session, ExamStage::Drawn)?;
            session.started_at = Some(made_at);
        }
        ExamChange::AnswerGiven {
            question,
            choices,
            elapsed_ms,
        } => {
            require(&session, ExamStage::Running)?;
            advance(&mut session, *elapsed_ms)?;
            answer(&mut session, question, choices, *elapsed_ms)?;
        }
        ExamChange::ReviewMarked { question, marked } => {
            require(&session, ExamStage::Running)?;
            known_question(&session, question)?;
            session.marked.retain(|other| other != question);
            if *marked {
                session.marked.push(question.clone());
            }
        }
        ExamChange::Incident {
            kind,
            detail,
            elapsed_ms,
        } => {
            require(&session, ExamStage::Running)?;
            advance(&mut session, *elapsed_ms)?;
            session.incidents.push(Incident {
                kind: *kind,
                detail: detail.clone(),
                elapsed_ms: *elapsed_ms,
                at: made_at,
            });
        }
        ExamChange::Resumed { outage_ms, left_ms } => {
            require(&session, ExamStage::Running)?;
            if *left_ms > session.left_ms() {
                let detail = format!("{left_ms} > {}", session.left_ms());
                return Err(Refusal::new(RefusalCode::Contradiction, detail));
            }
            session.elapsed_ms = session.drawn.time_ms() - left_ms;
            session.outages.push(Outage {
                outage_ms: *outage_ms,
                left_ms: *left_ms,
                at: made_at,
            });
        }
        ExamChange::HandedIn { elapsed_ms, reason } => {
            require(&session, ExamStage::Running)?;
            advance(&mut session, *elapsed_ms)?;
            if *reason == HandInReason::TimeOver && session.left_ms() > 0 {
                return Err(Refusal::new(
                    RefusalCode::Contradiction,
                    format!("{} ms left", session.left_ms()),
                ));
            }
            session.handed_in = Some(HandIn {
                elapsed_ms: *elapsed_ms,
                reason: *reason,
                at: made_at,
            });
        }
        ExamChange::Scored { score, out_of, passed } => {
            require(&session, ExamStage::HandedIn)?;
            let holds = *out_of == session.drawn.full_score()
                && score <= out_of
                && *passed == (*score >= u32::from(session.drawn.pass_mark));
            if !holds {
                return Err(Refusal::new(RefusalCode::Contradiction, format!("{score}/{out_of}")));
            }
            session.result = Some(ExamResult {
                score: *score,
                out_of: *out_of,
                passed: *passed,
            });
        }
    }
    Ok(session)
}

fn require(session: &ExamSession, stage: ExamStage) -> Result<(), Refusal> {
    if session.stage() == stage {
        Ok(())
    } else {
        Err(Refusal::new(RefusalCode::WrongState, session.stage().as_str()))
    }
}

/// Exam time only grows, and never past the time for the exam: what comes later was not done in time.
fn advance(session: &mut ExamSession, elapsed_ms: u64) -> Result<(), Refusal> {
    if elapsed_ms > session.drawn.time_ms() {
        return Err(Refusal::new(
            RefusalCode::WrongState,
            format!("time over: {elapsed_ms} ms"),
        ));
    }
    if elapsed_ms < session.elapsed_ms {
        let detail = format!("{elapsed_ms} ms < {} ms", session.elapsed_ms);
        return Err(Refusal::new(RefusalCode::DateBeforeCause, detail));
    }
    session.elapsed_ms = elapsed_ms;
    Ok(())
}

fn answer(session: &mut ExamSession, question: &str, choices: &[u8], elapsed_ms: u64) -> Result<(), Refusal> {
    let drawn = known_question(session, question)?;
    let mut choices = choices.to_vec();
    choices.sort_unstable();
    if let Some(unknown) = choices.iter().find(|choice| !drawn.choice_order.contains(choice)) {
        return Err(Refusal::new(RefusalCode::UnknownItem, format!("{question}/{unknown}")));
    }
    if choices.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Refusal::new(RefusalCode::Contradiction, question));
    }
    match session.answers.iter_mut().find(|answer| answer.question == question) {
        Some(answer) => {
            answer.choices = choices;
            answer.elapsed_ms = elapsed_ms;
        }
        None => session.answers.push(Answer {
            question: question.to_owned(),
            choices,
            elapsed_ms,
        }),
    }
    Ok(())
}

fn known_question<'session>(
    session: &'session ExamSession,
    id: &str,
) -> Result<&'session super::DrawnQuestion, Refusal> {
    session
        .drawn
        .question(id)
        .ok_or_else(|| Refusal::new(RefusalCode::UnknownItem, id))
}
