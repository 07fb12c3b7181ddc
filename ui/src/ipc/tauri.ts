import { Channel } from '@tauri-apps/api/core'
import { getCurrentWebview } from '@tauri-apps/api/webview'
import { getCurrentWindow } from '@tauri-apps/api/window'
import { open, save } from '@tauri-apps/plugin-dialog'
import { commands } from './bindings'
import type { Answer, Args, CommandName, WindowActs } from './contract'
import { Refused, type Transport } from './transport'

const acts: WindowActs = {
  file_choose: (extensions) =>
    open({ multiple: false, directory: false, filters: [{ name: '', extensions }] }),
  folder_choose: () => open({ multiple: false, directory: true }),
  file_save_choose: (name, extensions) => save({ defaultPath: name, filters: [{ name: '', extensions }] }),
  async window_full_screen(on) {
    if (on !== null) await getCurrentWindow().setFullscreen(on)
    return getCurrentWindow().isFullscreen()
  },
}

/** Tells where in the window, in its own pixels, which files were dropped. */
export async function onFilesDropped(
  listener: (x: number, y: number, paths: string[]) => void,
): Promise<void> {
  await getCurrentWebview().onDragDropEvent(({ payload }) => {
    if (payload.type !== 'drop') return
    const { x, y } = payload.position.toLogical(devicePixelRatio)
    listener(x, y, payload.paths)
  })
}

/** A callback becomes a channel, so that the shell can call it while the command runs. */
function carried(arg: unknown): unknown {
  return typeof arg === 'function' ? new Channel(arg as (message: unknown) => void) : arg
}

/** The shell around this window. */
export const tauri: Transport = {
  async call<K extends CommandName>(command: K, ...args: Args<K>): Promise<Answer<K>> {
    // Which arguments belong to which command is proved where a screen calls it.
    const run = { ...commands, ...acts }[command] as unknown as (...args: unknown[]) => Promise<Answer<K>>
    try {
      return await run(...args.map(carried))
    } catch (thrown) {
      throw Refused.from(thrown)
    }
  },
}
