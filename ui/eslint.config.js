import importX from 'eslint-plugin-import-x'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** The tiers, lowest first: a file may import from its own tier and from those below it. */
const tiers = ['i18n', 'ipc', 'shared', 'features', 'views', 'app']

const tierRule = tiers.slice(0, -1).map((tier, i) => ({
  target: `./src/${tier}`,
  from: tiers.slice(i + 1).map((above) => `./src/${above}`),
  message: `${tier} lies below: ${tiers.join(' → ')}`,
}))

/** The areas of `src/features`: none imports another, what two of them need belongs in `shared`. */
const areas = [
  'credit',
  'frame',
  'visit',
  'cases',
  'imports',
  'rules',
  'settings',
  'access',
  'training',
  'exam',
  'parked',
  'palette',
  'help',
  'objections',
  'calls',
]

const areaRule = areas.map((area) => ({
  target: `./src/features/${area}`,
  from: './src/features',
  except: [`./${area}`],
  message: 'an area does not import another area; move what both need to shared',
}))

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/ipc/bindings.ts'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  // Named, not handed over: the cycle rule parses a component while it lints a plain module.
  { files: ['**/*.{ts,vue}'], languageOptions: { parserOptions: { parser: '@typescript-eslint/parser' } } },
  {
    files: ['**/*.{ts,vue,js}'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })],
      'import-x/parsers': {
        '@typescript-eslint/parser': ['.ts'],
        'vue-eslint-parser': ['.vue'],
      },
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones: [...tierRule, ...areaRule] }],
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/no-v-html': 'error',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'element-plus', message: 'import one component from element-plus/es/components/…' },
            { name: 'vue-i18n', importNames: ['createI18n'], message: 'only src/i18n makes the instance' },
          ],
          patterns: [{ group: ['@tauri-apps/*'], message: 'the shell is reached through src/ipc only' }],
        },
      ],
    },
  },
  { files: ['src/ipc/**', 'src/i18n/**'], rules: { 'no-restricted-imports': 'off' } },
)
