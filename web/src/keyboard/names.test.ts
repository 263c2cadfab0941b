import { expect, test } from 'vitest';
import { isCharacter, nameOf } from './names';

const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

test('letters are small, with what is held in front', () => {
  expect(nameOf({ ...none, key: 'K', shiftKey: true })).toBe('Shift+k');
  expect(nameOf({ ...none, key: 'z', metaKey: true })).toBe('Ctrl+z');
  expect(nameOf({ ...none, key: 'ArrowLeft', altKey: true, shiftKey: true })).toBe(
    'Alt+Shift+ArrowLeft',
  );
});

test('signs are the same on keyboards that need Shift or Option for them', () => {
  expect(nameOf({ ...none, key: '?', shiftKey: true })).toBe('?');
  expect(nameOf({ ...none, key: '[', altKey: true })).toBe('[');
});

test('a letter or digit with Alt belongs to the browser', () => {
  expect(nameOf({ ...none, key: '1', altKey: true })).toBe('Alt+1');
  expect(nameOf({ ...none, key: 'd', altKey: true })).toBe('Alt+d');
});

test('characters are told from keys that write nothing', () => {
  expect(['d', 'Shift+z', '+', '[', '0'].every(isCharacter)).toBe(true);
  expect([' ', 'Escape', 'ArrowLeft', 'Ctrl+z', 'Alt+1', 'Delete'].some(isCharacter)).toBe(false);
});
