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
/** What a word means where a backup is opened with recovery words, and nothing else is. */
const HERE: Record<string, string> = { wrong_key: 'words_of_another', io: 'file_unreadable' }
/** Words whose sentence names the file. */
const NAMING = ['damaged_backup', 'file_unreadable']

/** The recovery words as they are read: what was typed between them is one blank. */
export function tidied(words: string): string {
  return words.trim().replace(/\s+/g, ' ')
}

/** Why a backup by plan was not made: where the folder does not answer, its disk is away. */
export function whyNoBackup({ code, detail }: { code: string; detail: string | null }): string {
  return sentenceFor(new Refused(code === 'io' ? 'backup_folder' : code, detail))
}

/** What is still to be filled in. */
export function backupProblems(fields: BackupFields, file: string, words: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (file === '') problems.push({ field: fields.file, text: i18n.global.t('store.needBackup') })
  if (words === '') problems.push({ field: fields.words, text: i18n.global.t('store.needWords') })
  return problems
}

/** Why a backup did not open, at the field that has to be changed. */
export function backupRefusal(fields: BackupFields, file: string, thrown: unknown): FieldProblem {
  const { code, detail } = Refused.from(thrown)
  const here = HERE[code] ?? code
  const about = NAMING.includes(here) ? (file.split(/[\\/]/).pop() ?? file) : detail
  return {
    field: OF_THE_WORDS.includes(code) ? fields.words : fields.file,
    text: sentenceFor(new Refused(here, about)),
  }
}
