import type { Facts, RecordView } from '@/ipc'

/** A fact as it is named in an assessment's `unknown`. */
export type FactName =
  | 'fulfilled'
  | 'rectified'
  | 'committed'
  | 'published'
  | 'procedure'
  | 'domain'
  | 'listed_serious'
  | 'serious_by_authority'

export interface Question {
  fact: FactName
  /** The answers as they are kept: `yes`/`no` for a boolean, a word of the contract otherwise. */
  answers: string[]
  given: string | null
  open: boolean
}

const domains = [
  'food',
  'drug',
  'special_equipment',
  'work_safety',
  'fire',
  'environment',
  'construction_quality',
  'compulsory_certification',
  'other',
]

const order: FactName[] = [
  'fulfilled',
  'rectified',
  'procedure',
  'committed',
  'listed_serious',
  'serious_by_authority',
  'published',
  'domain',
]

const field: Record<FactName, Exclude<keyof Facts, 'classChosen'>> = {
  fulfilled: 'fulfilled',
  rectified: 'rectified',
  committed: 'committed',
  published: 'published',
  procedure: 'procedure',
  domain: 'domain',
  listed_serious: 'listedSerious',
  serious_by_authority: 'seriousByAuthority',
}

function answersTo(fact: FactName): string[] {
  if (fact === 'procedure') return ['ordinary', 'simple']
  return fact === 'domain' ? domains : ['yes', 'no']
}

function givenTo(fact: FactName, facts: Facts): string | null {
  const value = facts[field[fact]]
  if (value === null || value === undefined) return null
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
}

/** What can be asked about a record: what its assessment lacks, and what has been answered already. */
export function questionsOf(record: RecordView): Question[] {
  return order
    .map((fact) => ({
      fact,
      answers: answersTo(fact),
      given: givenTo(fact, record.facts),
      open: record.assessment.unknown.includes(fact),
    }))
    .filter((question) => question.open || question.given !== null)
}

/** The facts with one answer changed; answering the same again takes the answer back. */
export function answered(facts: Facts, fact: FactName, answer: string): Facts {
  const value = answer === 'yes' ? true : answer === 'no' ? false : answer
  return { ...facts, [field[fact]]: givenTo(fact, facts) === answer ? null : value }
}
