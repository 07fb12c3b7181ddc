import { say } from '@/i18n'
import type { AgentInput, AgentSuggestion } from '@/ipc'
import type { FieldProblem } from '@/shared/ui/ErrorSummary.vue'
import { newAgent, type AgentTyped } from '@/shared/visit/draft'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** An identity number with a right check character (GB 11643); the shell looks at it again. */
export function isResidentId(text: string): boolean {
  const id = text.replace(/\s/g, '').toUpperCase()
  if (!/^\d{17}[\dX]$/.test(id)) return false
  const sum = weights.reduce((total, weight, i) => total + weight * Number(id[i]), 0)
  return checks[sum % 11] === id[17]
}

/** What keeps the agent from being taken in, in the order of the fields. */
export function agentProblems(agent: AgentTyped): FieldProblem[] {
  const problems: FieldProblem[] = []
  const add = (field: string, key: string) => problems.push({ field, text: say(`visit.${key}`) })
  const name = agent.name.trim()
  if (name === '') add('agent-name', 'needName')
  else if ([...name].length > 50) add('agent-name', 'longName')
  if (agent.capacity === null) add('agent-capacity', 'needCapacity')
  if (agent.identity === null) add('agent-identity', 'needIdentity')
  if (agent.authority === null) add('agent-authority', 'needAuthority')
  if (agent.idNumber.trim() !== '' && !isResidentId(agent.idNumber)) add('agent-id-number', 'badId')
  if (agent.phone.trim() !== '' && !/^1[3-9]\d{9}$/.test(agent.phone.replace(/\s/g, '')))
    add('agent-phone', 'badPhone')
  return problems
}

/** The agent as the command takes it; null while something is still open. */
export function agentInput(agent: AgentTyped): AgentInput | null {
  const { capacity, authority, identity } = agent
  if (capacity === null || authority === null || identity === null) return null
  return {
    name: agent.name.trim(),
    capacity,
    identityChecked: identity === 'yes',
    authority,
    idNumber: agent.idNumber.replace(/\s/g, '').toUpperCase() || null,
    phone: agent.phone.replace(/\s/g, '') || null,
    asAtVisit: agent.asAtVisit,
  }
}

/** Whether the person may act for the subject: its legal representative, or somebody whose authority was shown. */
export function mayAct(agent: AgentTyped): boolean {
  return agent.capacity !== 'agent' || agent.authority !== 'not_shown'
}

/** Somebody who came before, as far as it holds today: whether papers are shown is asked each time. */
export function asBefore({ visit, agent }: AgentSuggestion): AgentTyped {
  return {
    ...newAgent(),
    name: agent.name,
    capacity: agent.capacity,
    asAtVisit: visit,
    idMasked: agent.idNumberMasked,
    phoneMasked: agent.phoneMasked,
  }
}

/** `4401**********1234`, for the screen that may be turned to the applicant. */
export function masked(text: string, head: number, tail: number): string {
  const plain = text.replace(/\s/g, '')
  const hidden = plain.length - head - tail
  return hidden > 0 ? `${plain.slice(0, head)}${'*'.repeat(hidden)}${plain.slice(-tail)}` : plain
}
