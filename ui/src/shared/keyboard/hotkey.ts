import { onBeforeUnmount, onMounted } from 'vue'

/** `Ctrl+K`, `F2`, `Enter`, `P`, `Escape`. */
export type Chord = string

export interface HotkeyOptions {
  /** Also while a field has the focus; meant for chords with Ctrl and for function keys. */
  whileTyping?: boolean
  /** Asked before acting. */
  when?: () => boolean
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}

/** Enter on a link or a button is that element's own; only a bare Enter is the screen's. */
function ownsEnter(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('a[href], button, summary, [role="radio"], [role="tab"], [role="option"]') !== null
  )
}

export function matches(event: KeyboardEvent, chord: Chord): boolean {
  const parts = chord.split('+')
  const key = parts[parts.length - 1] ?? ''
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    event.ctrlKey === parts.includes('Ctrl') &&
    event.altKey === parts.includes('Alt') &&
    !event.metaKey
  )
}

/** A key that belongs to the screen as long as it is up. An open dialog keeps its keys to itself. */
export function useHotkey(chord: Chord, act: () => void, options: HotkeyOptions = {}): void {
  function onKey(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing || event.repeat || !matches(event, chord)) return
    if (!options.whileTyping && typing(event.target)) return
    if (chord === 'Enter' && ownsEnter(event.target)) return
    if (document.querySelector('dialog[open]') !== null) return
    if (options.when && !options.when()) return
    event.preventDefault()
    act()
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}
