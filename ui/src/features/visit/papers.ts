import type { Material, MaterialMark, RecordView } from '@/ipc'
import { blankMark, isGap, lacksReason } from '@/shared/material/material'
import type { VisitDraft } from '@/shared/visit/draft'

/** One record to be received, with its papers as they stand. */
export interface CaseSheet {
  record: RecordView
  n: number
  papers: { id: string; material: Material; mark: MaterialMark }[]
}

export interface Gap {
  id: string
  sheet: CaseSheet
  material: Material
  mark: MaterialMark
}

/** The cases of a visit in the order in which their records were chosen. */
export function sheetsOf(draft: VisitDraft, records: RecordView[]): CaseSheet[] {
  return draft.records
    .map((id) => records.find((record) => record.id === id))
    .filter((record): record is RecordView => record !== undefined)
    .map((record, i) => ({
      record,
      n: i + 1,
      papers: record.checklist.map((material) => ({
        id: `paper-${i + 1}-${material.code}`,
        material,
        mark: draft.marks[record.id]?.[material.code] ?? blankMark(),
      })),
    }))
}

export function gapsOf(sheets: CaseSheet[]): Gap[] {
  return sheets.flatMap((sheet) =>
    sheet.papers
      .filter(({ material, mark }) => isGap(material, mark))
      .map(({ id, material, mark }) => ({ id, sheet, material, mark })),
  )
}

/** The records that a paper of `record` serves: the record alone, or all of the visit that ask for it. */
export function servedBy(record: RecordView, code: string, sheets: CaseSheet[]): string[] {
  const all = sheets.filter(({ record: other }) => other.papersOfSubject.includes(code))
  return record.papersOfSubject.includes(code) ? all.map((sheet) => sheet.record.id) : [record.id]
}

/** How the papers stand that serve `added` as well, by code. */
export function marksServing(added: CaseSheet, sheets: CaseSheet[]): Record<string, MaterialMark> {
  const marks: Record<string, MaterialMark> = {}
  for (const { record, papers } of sheets) {
    if (record.id === added.record.id) continue
    for (const { material, mark } of papers) {
      const { code } = material
      const serves = record.papersOfSubject.includes(code) && added.record.papersOfSubject.includes(code)
      if (serves && mark.state.state !== 'pending') marks[code] = mark
    }
  }
  return marks
}

/** Papers that are faulty or waived without a word on why. */
export function unexplained(sheets: CaseSheet[]): { id: string; mark: MaterialMark }[] {
  return sheets.flatMap((sheet) => sheet.papers.filter(({ mark }) => lacksReason(mark)))
}
