const ROWS = 'li, tbody tr'

/** Arrow keys go from row to row of a list or table: to the first link or button of the next one. */
export function stepRows(event: KeyboardEvent): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const list = event.currentTarget as HTMLElement
  const row = (event.target as HTMLElement).closest(ROWS)
  if (by === 0 || row === null || !list.contains(row)) return
  event.preventDefault()
  const rows = [...list.querySelectorAll(ROWS)]
  rows[rows.indexOf(row) + by]?.querySelector<HTMLElement>('a, button')?.focus()
}
