import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { i18n } from '@/i18n'
import { useTransport, type Transport } from '@/ipc'
import '@/shared/styles/tokens.css'
import '@/shared/styles/base.css'
import App from './App.vue'
import { makeRouter } from './router'

/** Brings the window up over a transport. */
export function start(transport: Transport): void {
  useTransport(transport)
  createApp(App).use(createPinia()).use(i18n).use(makeRouter()).mount('#app')
}
