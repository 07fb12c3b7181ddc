//! Whether a screen fits its window: nothing is cut off at the side, and what is to be pressed can be reached.

use crate::{Failure, window::Window};

/// Lists what does not fit, in words.
const FAULTS: &str = "const faults = []; \
    const say = (e, what) => faults.push(`${what}: <${e.tagName.toLowerCase()} ${e.dataset.testid ?? e.className}> \
        ${(e.innerText ?? e.value ?? '').trim().slice(0, 40)}`); \
    const root = document.documentElement; \
    if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} wide in ${innerWidth}`); \
    const tall = Math.max(root.scrollHeight, document.body.scrollHeight); \
    if (tall > innerHeight + 1) faults.push(`the page is ${tall} high in ${innerHeight}, and scrolls as a whole`); \
    const clips = s => ['hidden', 'clip'].includes(s.overflowX); \
    const hidden = e => !e.checkVisibility({visibilityProperty: true, opacityProperty: true}) || e.closest('.sr-only, .skip'); \
    const inside = (e, r) => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) { \
        const s = getComputedStyle(p), b = p.getBoundingClientRect(); \
        if (['auto', 'scroll'].includes(s.overflowX) && p.scrollWidth > p.clientWidth + 1) \
            return p.tabIndex >= 0 ? '' : `lies in something to be scrolled sideways which no key reaches (${p.className})`; \
        if (clips(s) && (r.right > b.right + 1 || r.left < b.left - 1)) return `is cut off by ${p.className}`; \
        } return r.right > innerWidth + 1 || r.left < -1 ? 'stands outside the window' : ''; }; \
    for (const e of document.body.querySelectorAll('*')) { \
        if (hidden(e)) continue; \
        const own = [...e.childNodes].filter(n => n.nodeType === 3 && n.data.trim()); \
        if (own.length === 0) continue; \
        const s = getComputedStyle(e); \
        if (clips(s) && e.scrollWidth > e.clientWidth + 1 && s.textOverflow !== 'ellipsis' && !e.title) say(e, 'its text is cut'); \
        const range = document.createRange(); \
        for (const n of own) { range.selectNodeContents(n); \
            const r = range.getBoundingClientRect(); \
            if (r.width === 0) continue; \
            const why = inside(e, r); if (why) { say(e, why); break; } } } \
    for (const e of document.querySelectorAll('input.input, textarea.input, select.input')) { \
        if (hidden(e)) continue; \
        const why = inside(e, e.getBoundingClientRect()); if (why) say(e, why); } \
    const main = document.querySelector('#main'), at = main?.scrollTop; \
    for (const e of document.querySelectorAll('.btn.primary')) { \
        if (hidden(e)) continue; \
        e.scrollIntoView({block: 'nearest'}); \
        const r = e.getBoundingClientRect(); \
        const on = document.elementFromPoint((r.left + r.right) / 2, (r.top + r.bottom) / 2); \
        const modal = document.querySelector('dialog[open]'); \
        if (!modal && !(on && (e.contains(on) || on.closest('.toasts')))) say(e, 'cannot be pressed'); } \
    if (main) main.scrollTop = at; \
    return [...new Set(faults)]";

/// Checks that the screen fits.
///
/// # Errors
/// When something is cut off or cannot be reached, with what.
pub async fn check(window: &Window, name: &str) -> Result<(), Failure> {
    let faults = window.script(FAULTS, Vec::new()).await?;
    if faults.as_array().is_some_and(Vec::is_empty) {
        Ok(())
    } else {
        Err(format!("{name} does not fit: {faults:#}").into())
    }
}
