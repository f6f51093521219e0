// Only the few rules that need types; the rest is oxlint's.
import tseslint from 'typescript-eslint'

const CLOCK = 'time and chance come from ctx: read them only in platform/ and app/'

export default tseslint.config(
  { ignores: ['dist/**', 'var/**', 'node_modules/**', 'db/types.ts', 'scripts/**', '*.js'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/kernel/**', 'src/modules/**', 'src/web/**'],
    ignores: ['**/*.test.ts', '**/*.test.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: CLOCK },
        { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: CLOCK },
        { selector: "MemberExpression[object.name='process'][property.name='env']", message: CLOCK },
      ],
    },
  },
)
