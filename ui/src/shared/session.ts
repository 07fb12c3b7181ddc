import { defineStore } from 'pinia'
import { ref } from 'vue'
import { call, type AppStatus } from '@/ipc'

/** Which counter this is, who sits at it, and which day it is there. */
export const useSession = defineStore('session', () => {
  const status = ref<AppStatus | null>(null)

  async function refresh(): Promise<AppStatus> {
    status.value = await call('app_status')
    return status.value
  }

  async function signIn(account: string, password: string): Promise<void> {
    status.value = await call('app_sign_in', account, password)
  }

  async function unlock(passphrase: string | null, words: string | null): Promise<void> {
    status.value = await call('app_unlock', passphrase, words)
  }

  async function restore(backup: string, words: string): Promise<void> {
    status.value = await call('backup_restore', backup, words)
  }

  async function openReadOnly(): Promise<void> {
    status.value = await call('app_open_read_only')
  }

  async function signOut(): Promise<void> {
    status.value = await call('app_sign_out')
  }

  return { status, refresh, unlock, restore, openReadOnly, signIn, signOut }
})
