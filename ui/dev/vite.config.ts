import { fileURLToPath, URL } from 'node:url'
import { defineConfig } from 'vite'
import { common } from '../vite.shared'

/**
 * The screens on made-up answers, for looking at them without the shell.
 * A bundle of its own: nothing of this folder is ever part of `ui/dist`.
 */
export default defineConfig({
  ...common,
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  build: {
    ...common.build,
    outDir: fileURLToPath(new URL('../node_modules/.fixtures-dist', import.meta.url)),
    emptyOutDir: true,
  },
})
