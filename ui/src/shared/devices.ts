import { reactive } from 'vue'
import { call, type Devices } from '@/ipc'

/** The devices of this counter, asked for once; a change in the settings is told here. */
const devices = reactive<Devices>({ idCardReader: '', documentCamera: '' })
let asked = false

export function useDevices(): Devices {
  if (!asked) {
    asked = true
    // Without an answer there is the way by hand.
    void call('devices_view').then(tell, () => (asked = false))
  }
  return devices
}

export function tell(now: Devices): void {
  Object.assign(devices, now)
}
