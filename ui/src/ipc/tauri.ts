import { invoke } from '@tauri-apps/api/core'
import { open } from '@tauri-apps/plugin-dialog'
import type { Answer, Args, CommandName } from './draft'
import { Refused, type Transport } from './transport'

/** The shell around this window. Choosing files is the shell's dialog, everything else a command. */
export const tauri: Transport = {
  async call<K extends CommandName>(command: K, args: Args<K>): Promise<Answer<K>> {
    try {
      if (command === 'file_choose') {
        const { extensions } = args as Args<'file_choose'>
        const path = await open({ multiple: false, directory: false, filters: [{ name: '', extensions }] })
        return path as Answer<K>
      }
      return await invoke<Answer<K>>(command, args)
    } catch (thrown) {
      throw Refused.from(thrown)
    }
  },
}
