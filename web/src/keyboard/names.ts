/** Names of key presses, as shortcuts are registered. */

/** Name a key press: `k`, `Shift+k`, `Ctrl+z` (or Command), `Alt+ArrowLeft`, `?`. */
export function nameOf(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): string {
  const isLetter = /^[a-z]$/i.test(event.key);
  const key = isLetter ? event.key.toLowerCase() : event.key;
  const isSign = event.key.length === 1 && !/^[a-z0-9 ]$/i.test(event.key);
  // Of signs such as ? the Shift is already in the key; so is the Option of a Mac in [ on a German
  // keyboard.
  const shift = event.shiftKey && (isLetter || event.key.length > 1);
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl+' : '',
    event.altKey && !isSign ? 'Alt+' : '',
    shift ? 'Shift+' : '',
    key,
  ].join('');
}

/** Whether a key writes something by itself, which somebody may speak or hit by mistake. */
export function isCharacter(name: string): boolean {
  const key = name.replace(/^Shift\+(?=.)/, '');
  return key.length === 1 && key !== ' ';
}
