import type { Channel } from '@tauri-apps/api/core'
import type { commands } from './bindings'

/** What the window does by itself, without a command of the shell. */
export interface WindowActs {
  /** The system's dialog; null when it was closed without a choice. */
  file_choose(extensions: string[]): Promise<string | null>
  folder_choose(): Promise<string | null>
  file_save_choose(name: string, extensions: string[]): Promise<string | null>
  /** Sets the window full screen or back, or only asks with null; answers whether it is. */
  window_full_screen(on: boolean | null): Promise<boolean>
}

/** Everything a screen can ask for: the commands as Rust declares them, and the window's own acts. */
export type Commands = typeof commands & WindowActs
export type CommandName = keyof Commands

/** A screen hands over a callback where the shell takes a channel, since not every transport has channels. */
type Plain<T extends unknown[]> = {
  [I in keyof T]: T[I] extends Channel<infer Message> ? (message: Message) => void : T[I]
}

export type Args<K extends CommandName> = Plain<Parameters<Commands[K]>>
export type Answer<K extends CommandName> = Awaited<ReturnType<Commands[K]>>
