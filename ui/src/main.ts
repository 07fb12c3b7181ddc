import { start } from '@/app/start'
import { onFilesDropped, tauri } from '@/ipc/tauri'
import { dropAt } from '@/shared/material/drops'

start(tauri)
void onFilesDropped(dropAt)
