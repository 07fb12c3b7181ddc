import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { call, type DeliveryStatus, type SyncReport } from '@/ipc'

export type Age = 'none' | 'fresh' | 'today' | 'old'

const HOUR = 3_600_000

/** Grey when nothing waits, blue under an hour, amber under a day, red over. */
export function ageOf(oldestUnsentAt: number | null, now: number): Age {
  if (oldestUnsentAt === null) return 'none'
  const waited = now - oldestUnsentAt
  if (waited < HOUR) return 'fresh'
  return waited < 24 * HOUR ? 'today' : 'old'
}

/** What of this counter's work the district platform has confirmed. */
export const useDelivery = defineStore('delivery', () => {
  const status = ref<DeliveryStatus | null>(null)
  const syncing = ref(false)
  const waiting = computed(() => status.value?.unsent ?? 0)

  async function refresh(): Promise<void> {
    status.value = await call('delivery_status')
  }

  async function syncNow(): Promise<SyncReport> {
    syncing.value = true
    try {
      const report = await call('sync_now')
      status.value = report.status
      return report
    } finally {
      syncing.value = false
    }
  }

  return { status, syncing, waiting, refresh, syncNow }
})
