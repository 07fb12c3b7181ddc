import { reactive } from 'vue'
import type { Router } from 'vue-router'
import { say } from '@/i18n'
import { call } from '@/ipc'
import { announce } from './feedback/announce'

/** A slip on its way to the screen where its cases go on. */
export const scanned = reactive<{ slip: string | null }>({ slip: null })

/** Whether a text is such as scanner guns type, and people do not: a code of ours, a number, an address. */
export function looksScanned(text: string): boolean {
  const plain = text.trim()
  return (
    plain.startsWith('CR1:') ||
    /^https?:\/\//i.test(plain) ||
    /^[0-9A-Z]{18}$/i.test(plain.replace(/\s/g, '')) ||
    /^[A-Z]{2,4}-\w+-\d{4}-[A-Z]?\d{6}$/i.test(plain) ||
    plain.includes('统一社会信用代码')
  )
}

/** Goes where a scanned text leads; false where it leads nowhere and is to be searched for like any other. */
export async function followScan(router: Router, text: string): Promise<boolean> {
  const found = await call('scan_read', text.trim())
  switch (found.is) {
    case 'slip':
      scanned.slip = text.trim()
      await router.push({ name: 'continue', query: { at: String(Date.now()) } })
      return true
    case 'certificate':
      await router.push({ name: 'verify', query: { text: text.trim() } })
      return true
    case 'subject':
      if (found.id === null) {
        announce(say('scan.unknownSubject', { uscc: found.uscc }), 'problem')
        await router.push({ name: 'credit', query: { q: found.uscc } })
      } else await router.push({ name: 'subject', params: { id: found.id } })
      return true
    case 'case':
      await router.push({ name: 'case', params: { no: found.no } })
      return true
    case 'visit':
      await router.push({ name: 'visit', params: { no: found.no } })
      return true
    case 'bad_code':
    case 'bad_uscc':
    case 'person':
      announce(say(`scan.${found.is}`), 'problem')
      return true
    case 'other':
      return false
  }
}
