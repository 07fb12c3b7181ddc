/// <reference types="vitest/config" />
import { defineConfig } from 'vite'
import { common } from './vite.shared'

export default defineConfig({
  ...common,
  base: './',
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  build: { ...common.build, outDir: 'dist', emptyOutDir: true },
  test: { environment: 'jsdom', include: ['tests/**/*.test.ts'] },
})
