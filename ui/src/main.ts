import { start } from '@/app/start'
import { tauri } from '@/ipc/tauri'

start(tauri)
