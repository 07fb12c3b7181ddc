import { Channel, invoke } from '@tauri-apps/api/core'
import { getCurrentWindow } from '@tauri-apps/api/window'
import { open, save } from '@tauri-apps/plugin-dialog'
import type { Answer, Args, CommandName } from './contract'
import { Refused, type Transport } from './transport'

/** A callback becomes a channel, so that the shell can call it while the command runs. */
function carried(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'function' ? new Channel(value as (message: unknown) => void) : value,
    ]),
  )
}

/** The shell around this window. Choosing files and the full screen are the shell's own, everything else a command. */
export const tauri: Transport = {
  async call<K extends CommandName>(command: K, args: Args<K>): Promise<Answer<K>> {
    try {
      if (command === 'file_choose') {
        const { extensions } = args as Args<'file_choose'>
        const path = await open({ multiple: false, directory: false, filters: [{ name: '', extensions }] })
        return path as Answer<K>
      }
      if (command === 'file_save_choose') {
        const { name, extensions } = args as Args<'file_save_choose'>
        return (await save({ defaultPath: name, filters: [{ name: '', extensions }] })) as Answer<K>
      }
      if (command === 'window_full_screen') {
        const { on } = args as Args<'window_full_screen'>
        if (on !== null) await getCurrentWindow().setFullscreen(on)
        return (await getCurrentWindow().isFullscreen()) as Answer<K>
      }
      return await invoke<Answer<K>>(command, carried(args))
    } catch (thrown) {
      throw Refused.from(thrown)
    }
  },
}
