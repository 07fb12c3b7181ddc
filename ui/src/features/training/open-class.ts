import { say } from '@/i18n'
import type { ClassKind, ExamTemplate, OpenClass } from '@/ipc'
import type { FieldProblem } from '@/shared/ui/ErrorSummary.vue'

/** No exam lasts longer than a working day. */
export const LONGEST_MINUTES = 480
/** What fits one line of a paper. */
export const LONGEST_FIELD = 120

/** A class as it is typed: figures are text until they are read. */
export interface TypedClass {
  title: string
  kind: ClassKind | null
  host: string
  coHosts: string
  teachingBody: string
  issuingBody: string
  place: string
  startsOn: string | null
  hours: string
  questionCount: string
  minutes: string
  pointsPerQuestion: string
  passMark: string
  retakesAllowed: string
}

export const lines = ['title', 'host', 'teachingBody', 'issuingBody', 'place'] as const
export const figures = [
  'questionCount',
  'minutes',
  'pointsPerQuestion',
  'passMark',
  'retakesAllowed',
] as const

/** A new class with the template's figures. */
export function startOf(template: ExamTemplate, today: string): TypedClass {
  return {
    title: '',
    kind: 'public',
    host: '',
    coHosts: '',
    teachingBody: '',
    issuingBody: '',
    place: '',
    startsOn: today,
    hours: '',
    questionCount: String(template.questionCount),
    minutes: String(template.minutes),
    pointsPerQuestion: String(template.pointsPerQuestion),
    passMark: String(template.passMark),
    retakesAllowed: String(template.retakesAllowed),
  }
}

/** A whole number as typed, full-width digits too; null when it is none. */
export function whole(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  return /^\d{1,5}$/.test(plain) ? Number(plain) : null
}

/** The points of a paper without a mistake, as far as they are known. */
export function fullScore(typed: TypedClass): number | null {
  const questions = whole(typed.questionCount)
  const points = whole(typed.pointsPerQuestion)
  return questions === null || points === null ? null : questions * points
}

/** What keeps the class from being opened, field by field. */
export function problemsOf(typed: TypedClass, drawable: number | null): FieldProblem[] {
  const found: FieldProblem[] = []
  const add = (field: string, text: string) => found.push({ field: `open-${field}`, text })
  for (const field of lines) {
    const name = say(`training.${field}`)
    if (typed[field].trim() === '') add(field, say('training.needField', { field: name }))
    else if (typed[field].trim().length > LONGEST_FIELD)
      add(field, say('training.tooLong', { field: name, n: LONGEST_FIELD }))
  }
  if (typed.startsOn === null) add('startsOn', say('training.needDay'))
  if ((whole(typed.hours) ?? 0) < 1) add('hours', say('training.needHours'))
  const questions = whole(typed.questionCount) ?? 0
  if (questions < 1) add('questionCount', say('training.needQuestions'))
  else if (drawable !== null && questions > drawable)
    add('questionCount', say('training.tooManyQuestions', { n: drawable }))
  const minutes = whole(typed.minutes) ?? 0
  if (minutes < 1 || minutes > LONGEST_MINUTES)
    add('minutes', say('training.badMinutes', { n: LONGEST_MINUTES }))
  if ((whole(typed.pointsPerQuestion) ?? 0) < 1) add('pointsPerQuestion', say('training.needPoints'))
  const pass = whole(typed.passMark) ?? 0
  const full = fullScore(typed)
  if (pass < 1 || (full !== null && pass > full))
    add('passMark', say('training.badPassMark', { n: full ?? 0 }))
  if (whole(typed.retakesAllowed) === null) add('retakesAllowed', say('training.badRetakes'))
  return found
}

/** The class to open; only after {@link problemsOf} found nothing. */
export function classOf(typed: TypedClass, bank: string): OpenClass {
  return {
    title: typed.title.trim(),
    kind: typed.kind ?? 'public',
    host: typed.host.trim(),
    coHosts: typed.coHosts
      .split(/[\n、；;]/)
      .map((name) => name.trim())
      .filter(Boolean),
    teachingBody: typed.teachingBody.trim(),
    issuingBody: typed.issuingBody.trim(),
    place: typed.place.trim(),
    startsOn: typed.startsOn ?? '',
    hours: whole(typed.hours) ?? 0,
    exam: {
      bank,
      questionCount: whole(typed.questionCount) ?? 0,
      minutes: whole(typed.minutes) ?? 0,
      pointsPerQuestion: whole(typed.pointsPerQuestion) ?? 0,
      passMark: whole(typed.passMark) ?? 0,
      retakesAllowed: whole(typed.retakesAllowed) ?? 0,
    },
  }
}
