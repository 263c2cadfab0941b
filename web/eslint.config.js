import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['src/api/schema.d.ts', 'node_modules'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      // Nothing that a recording or a person says becomes markup.
      'svelte/no-at-html-tags': 'error',
      // What the service said is replaced as a whole, never changed: it needs no reactive members.
      'svelte/prefer-svelte-reactivity': 'off',
      // The page has its own small router; addresses are plain links.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
);
