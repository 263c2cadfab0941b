/** Tags as people type them. */

/** Of one tag, characters; what the service takes. */
export const LONGEST = 40;

/** Read what was typed: tags between commas, spaces around them gone. */
export function readTags(typed: string): string[] {
  return typed
    .split(/[,;\n]/)
    .map((one) => one.trim().replace(/\s+/g, ' '))
    .filter((one) => one !== '');
}

const folded = (tag: string) => tag.toLowerCase();

/** Add typed tags to those that are there; what differs in case only is the same tag. */
export function withTags(tags: readonly string[], typed: string): string[] {
  const all = [...tags];
  for (const one of readTags(typed)) {
    if (!all.some((known) => folded(known) === folded(one))) all.push(one);
  }
  return all;
}

export function withoutTag(tags: readonly string[], tag: string): string[] {
  return tags.filter((one) => folded(one) !== folded(tag));
}

/** Suggest tags that are in use and not on this solo yet. */
export function suggested(known: readonly string[], tags: readonly string[]): string[] {
  return known.filter((one) => !tags.some((tag) => folded(tag) === folded(one)));
}
