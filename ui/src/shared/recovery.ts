import { i18n } from '@/i18n'
import { Refused } from '@/ipc'
import { sentenceFor } from '@/shared/feedback/refusal'
import type { FieldProblem } from '@/shared/ui/ErrorSummary.vue'

/** The fields of a form that asks for a backup and the recovery words. */
export interface BackupFields {
  file: string
  words: string
}

/** Refusals that speak of the words; every other speaks of the backup. */
const OF_THE_WORDS = ['bad_recovery_words', 'wrong_key']

/** The recovery words as they are read: what was typed between them is one blank. */
export function tidied(words: string): string {
  return words.trim().replace(/\s+/g, ' ')
}

/** What is still to be filled in. */
export function backupProblems(fields: BackupFields, file: string, words: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (file === '') problems.push({ field: fields.file, text: i18n.global.t('store.needBackup') })
  if (words === '') problems.push({ field: fields.words, text: i18n.global.t('store.needWords') })
  return problems
}

/** Why a backup did not open, at the field that has to be changed. */
export function backupRefusal(fields: BackupFields, thrown: unknown): FieldProblem {
  const ofTheWords = OF_THE_WORDS.includes(Refused.from(thrown).code)
  return { field: ofTheWords ? fields.words : fields.file, text: sentenceFor(thrown) }
}
