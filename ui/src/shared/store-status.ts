import { defineStore } from 'pinia'
import { ref } from 'vue'
import { call, type StoreStatus } from '@/ipc'

/** Whether the data are well and when they were last backed up. */
export const useStoreStatus = defineStore('store-status', () => {
  const status = ref<StoreStatus | null>(null)

  async function refresh(): Promise<void> {
    status.value = await call('store_status')
  }

  return { status, refresh }
})
