/** The shortest password that is taken. */
export const SHORTEST = 8

export type PasswordProblem = 'short' | 'differs' | null

/** What is wrong with a new password typed twice. */
export function passwordProblem(password: string, again: string): PasswordProblem {
  if ([...password].length < SHORTEST) return 'short'
  return password === again ? null : 'differs'
}
