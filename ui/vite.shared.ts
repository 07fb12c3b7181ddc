import { fileURLToPath, URL } from 'node:url'
import VueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import type { UserConfig } from 'vite'

/** The folder of the shipped sources, imported everywhere as `@/…`. */
export const sources = fileURLToPath(new URL('./src', import.meta.url))

/**
 * What the shipped bundle and the fixture bundle have in common.
 * Messages are compiled here, so the window needs no `eval` and no message compiler.
 */
export const common: UserConfig = {
  plugins: [
    vue(),
    VueI18n({
      include: [`${sources}/i18n/zh-CN/*.json`, `${sources}/i18n/en/*.json`],
      runtimeOnly: true,
      compositionOnly: true,
      dropMessageCompiler: true,
      fullInstall: false,
    }),
  ],
  resolve: { alias: { '@': sources } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  build: {
    target: ['safari16', 'chrome108'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    assetsInlineLimit: 0,
  },
}
