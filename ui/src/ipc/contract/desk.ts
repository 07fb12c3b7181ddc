/** The counter itself: set-up, accounts, delivery. */

export type Stage = 'setup' | 'locked' | 'ready'
export type Role =
  'administrator' | 'clerk' | 'lead' | 'training_organizer' | 'proctor' | 'street_window' | 'auditor'

export interface CounterIdentity {
  site: string
  counter: string
  prefix: string
  siteName: string
}

export interface AccountChoice {
  name: string
  displayName: string
  roles: Role[]
  /** Without one, the first sign-in sets it. */
  hasPassword: boolean
}

/** What the window needs before its first screen. */
export interface AppStatus {
  stage: Stage
  counter: CounterIdentity | null
  accounts: AccountChoice[]
  signedIn: AccountChoice | null
  today: string
  /** Filled with made-up subjects: every screen says so. */
  demo: boolean
  /** A folder made for tests. */
  test: boolean
  version: string
  openCases: number
  /** The code of what keeps the database closed. */
  lockedReason: string | null
}

export interface SetupInput {
  siteName: string
  site: string
  counter: string
  prefix: string
  displayName: string
  accountName: string
  password: string
}

export interface SetupDone {
  recoveryWords: string[]
}

/** How much of the counter's work the district platform has not confirmed yet. */
export interface DeliveryStatus {
  unsent: number
  oldestUnsentAt: number | null
  lastContactAt: number | null
  hub: string | null
}

export interface SyncReport {
  outcome: {
    pushed: number
    receipts: number
    pulled: number
    refused: { case: string; code: string; message: string }[]
    /** The hub knows other changes under our numbers; a new life of the database was begun. */
    forked: boolean
  }
  status: DeliveryStatus
}
