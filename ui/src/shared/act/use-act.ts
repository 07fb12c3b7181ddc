import { onMounted, reactive, ref, shallowRef, watch, type Ref } from 'vue'
import { say } from '@/i18n'
import { call } from '@/ipc'
import { useDraft } from '@/shared/draft'
import { announce } from '@/shared/feedback/announce'
import { useBusy } from '@/shared/feedback/busy'
import { useHotkey } from '@/shared/keyboard/hotkey'
import { actKey, keepEntered } from './given-back'
import type { FieldProblem } from '@/shared/ui/ErrorSummary.vue'

/** What differs from one kind of acts to another. */
export interface ActRules<Kind extends string, Typed> {
  /** What it is about; what is typed is kept under its number. */
  no: () => string
  isOffered: (kind: Kind) => boolean
  /** What stands in the form of an act; `before` is what was typed for another one. */
  begin: (kind: Kind, before: Typed | null) => Typed
  problemsOf: (kind: Kind, typed: Typed) => FieldProblem[]
  /** Ends it, and is asked about once. */
  isLast: (kind: Kind) => boolean
  word: (kind: Kind) => string
  enter: (kind: Kind, typed: Typed) => Promise<unknown>
  entered: () => void
}

/** The form of the act that is chosen. */
export interface ActForm<Kind extends string, Typed> {
  act: Kind | null
  typed: Typed | null
  problems: FieldProblem[]
  /** Whether it is being asked about. */
  asking: boolean
  busy: boolean
  choose: (kind: Kind) => void
  submit: () => void
  enter: () => Promise<void>
  /** Back from the question to the form. */
  takeBack: () => void
  /** Closed without being entered. */
  giveUp: () => void
}

/**
 * One act at a time: chosen, typed, entered. What is typed is kept until it is entered or given up, and comes back into
 * the form, if its act is offered still.
 */
export function useAct<Kind extends string, Typed>(rules: ActRules<Kind, Typed>): ActForm<Kind, Typed> {
  const act = ref(null) as Ref<Kind | null>
  const typed = ref(null) as Ref<Typed | null>
  const problems = ref<FieldProblem[]>([])
  const asking = ref(false)
  const { busy, run } = useBusy()
  const draft = shallowRef<{ act: Kind; typed: Typed } | null>(null)
  const key = () => actKey(rules.no())
  const keeper = useDraft(key, draft)

  function choose(kind: Kind) {
    if (act.value === kind) return giveUp()
    act.value = kind
    problems.value = []
    typed.value = rules.begin(kind, typed.value)
  }

  function submit() {
    if (act.value === null || typed.value === null || busy.value) return
    problems.value = rules.problemsOf(act.value, typed.value)
    if (problems.value.length > 0) return
    if (rules.isLast(act.value)) asking.value = true
    else void enter()
  }

  async function enter() {
    const [kind, now] = [act.value, typed.value]
    if (kind === null || now === null) return
    await run(async () => {
      await keeper.flush()
      await rules.enter(kind, now)
      await keepEntered(rules.no(), { act: kind, typed: now })
      await forget()
      announce(say('cases.entered', { act: rules.word(kind) }))
      act.value = typed.value = null
      rules.entered()
    })
    asking.value = false
  }

  function giveUp() {
    act.value = null
    problems.value = []
    void forget()
  }

  async function forget() {
    draft.value = null
    // Left behind, it would only stand in the form again.
    await call('draft_discard', key()).catch(() => undefined)
  }

  watch(
    [act, typed],
    () => {
      if (act.value !== null && typed.value !== null) draft.value = { act: act.value, typed: typed.value }
    },
    { deep: true },
  )
  onMounted(async () => {
    const kept = await call('draft_load', key()).catch(() => null)
    if (kept === null) return
    const before = JSON.parse(kept.json) as { act: Kind; typed: Typed }
    if (!rules.isOffered(before.act)) return
    act.value = before.act
    typed.value = { ...rules.begin(before.act, null), ...before.typed }
  })
  useHotkey('Ctrl+Enter', submit, { whileTyping: true, when: () => act.value !== null })

  const takeBack = () => void (asking.value = false)
  const form = { act, typed, problems, asking, busy, choose, submit, enter, takeBack, giveUp }
  return reactive(form) as ActForm<Kind, Typed>
}
