import type { CitedValue } from '@/ipc'

export const ruleGroups = [
  'effect',
  'door',
  'class',
  'period',
  'repairable',
  'condition',
  'material',
  'act',
  'limit',
  'objection',
  'counting',
  'other',
] as const
export type RuleGroup = (typeof ruleGroups)[number]

/** Which chapter of the document a key's first word belongs to. */
const chapters: Record<string, RuleGroup> = {
  effective: 'effect',
  effect: 'effect',
  repeals: 'effect',
  right_to_repair: 'effect',
  scope: 'effect',
  transition: 'effect',
  door: 'door',
  channel: 'door',
  class: 'class',
  class_trigger: 'class',
  heaviest_kind: 'class',
  threshold: 'class',
  not_published: 'class',
  period: 'period',
  at_maximum: 'period',
  repairable: 'repairable',
  condition: 'condition',
  training: 'condition',
  one_application_per_record: 'condition',
  material: 'material',
  output: 'material',
  hint: 'material',
  act: 'act',
  notice: 'act',
  refusal: 'act',
  verification: 'act',
  limit: 'limit',
  objection: 'objection',
  counting: 'counting',
  clock_start: 'counting',
  eligible_offset_days: 'counting',
}

/** The values chapter by chapter, each chapter in the order of the document. */
export function chaptersOf(values: CitedValue[]): { group: RuleGroup; values: CitedValue[] }[] {
  const of = (value: CitedValue) => chapters[value.key.split('.')[0] ?? ''] ?? 'other'
  return ruleGroups
    .map((group) => ({ group, values: values.filter((value) => of(value) === group) }))
    .filter((chapter) => chapter.values.length > 0)
}

export function isDoubtful(value: CitedValue): boolean {
  return value.status === 'recalled' || value.conflict !== null
}
