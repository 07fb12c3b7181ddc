/** A credit code in groups of four, so that it can be read aloud: 9144 0104 MA59 XKQ2 7P. */
export function groupCode(code: string): string {
  return code.replace(/\s+/g, '').replace(/(.{4})(?=.)/g, '$1 ')
}

/** Fen as yuan with separators and two decimals: `3000000` → `30,000.00`. */
export function yuan(fen: string): string {
  const negative = fen.startsWith('-')
  const digits = fen.replace(/\D/g, '').padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/^0+(?=\d)/, '')
  return `${negative ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}

/** Yuan as typed (`30000`, `30,000.00`, `3万`) as fen; null when it is not an amount. */
export function parseYuan(text: string): string | null {
  const plain = text.trim().replace(/[,，\s]|元$/g, '')
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?(万)?$/.exec(plain)
  if (!found) return null
  const [, whole = '0', cents = '', wan] = found
  const fen = BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0'))
  return String(wan ? fen * 10_000n : fen)
}

/** How a count is written. */
export function count(n: number): string {
  return n.toLocaleString('en-US')
}

/** A length in bytes as people read it: `340 KB`, `12.4 MB`. */
export function size(bytes: number): string {
  const units = ['KB', 'MB', 'GB', 'TB']
  let [value, unit] = [bytes / 1024, 0]
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1]
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
