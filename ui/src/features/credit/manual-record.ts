import { say } from '@/i18n'
import type { EnterRecord } from '@/ipc'
import { parseYuan } from '@/shared/format'
import type { FieldProblem } from '@/shared/ui/ErrorSummary.vue'

/** The kinds a clerk can choose: the name in the reporting standard, and the key of its label. */
export const penaltyKinds = [
  { name: '警告', key: 'warning' },
  { name: '通报批评', key: 'criticism' },
  { name: '罚款', key: 'fine' },
  { name: '没收违法所得', key: 'confiscate_gains' },
  { name: '没收非法财物', key: 'confiscate_property' },
  { name: '暂扣许可证件', key: 'suspend_licence' },
  { name: '降低资质等级', key: 'downgrade' },
  { name: '吊销许可证件', key: 'revoke_licence' },
  { name: '限制开展生产经营活动', key: 'restrict' },
  { name: '责令停产停业', key: 'stop' },
  { name: '责令关闭', key: 'close' },
  { name: '限制从业', key: 'restrict_practice' },
  { name: '行政拘留', key: 'detention' },
] as const

/** What is on the form, as typed. */
export interface Typed {
  subjectId: string | null
  name: string
  uscc: string
  docNo: string
  authority: string
  authorityCode: string | null
  decidedOn: string | null
  kinds: string[]
  content: string
  fine: string
  scanPath: string
}

export function blank(): Typed {
  return {
    subjectId: null,
    name: '',
    uscc: '',
    docNo: '',
    authority: '',
    authorityCode: null,
    decidedOn: null,
    kinds: [],
    content: '',
    fine: '',
    scanPath: '',
  }
}

/** What keeps the form from being saved, in the order of its fields. */
export function problemsOf(typed: Typed, today: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  const add = (field: string, key: string) => problems.push({ field, text: say(`enter.${key}`) })
  if (typed.name.trim() === '') add('enter-name', 'needName')
  const code = typed.uscc.replace(/\s/g, '')
  if (code !== '' && !/^[0-9A-Z]{18}$/i.test(code)) add('enter-uscc', 'badUscc')
  if (typed.docNo.trim() === '') add('enter-doc', 'needDocNo')
  if (typed.authority.trim() === '') add('enter-authority', 'needAuthority')
  if (typed.decidedOn === null) add('enter-date', 'needDate')
  else if (typed.decidedOn > today) add('enter-date', 'futureDate')
  if (typed.kinds.length === 0) add('enter-kinds', 'needKind')
  if (typed.fine.trim() !== '' && parseYuan(typed.fine) === null) add('enter-fine', 'badFine')
  if (typed.content.trim() === '') add('enter-content', 'needContent')
  return problems
}

/** The form as the command takes it; asked only when nothing is wrong with it. */
export function inputOf(typed: Typed): EnterRecord {
  const code = typed.uscc.replace(/\s/g, '').toUpperCase()
  return {
    subjectName: typed.name.trim(),
    uscc: code === '' ? null : code,
    docNo: typed.docNo.trim(),
    authority: typed.authority.trim(),
    authorityCode: typed.authorityCode,
    decidedOn: typed.decidedOn ?? '',
    penaltyKinds: typed.kinds,
    content: typed.content.trim(),
    fineFen: typed.fine.trim() === '' ? null : parseYuan(typed.fine),
    scanPath: typed.scanPath.trim() || null,
  }
}
