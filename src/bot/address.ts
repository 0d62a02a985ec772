/** Which addresses from outside may become links. */

const LONGEST = 500;

/** The address in normal form, or undefined where it is not plain http or https, or too long to show. */
export function safeUrl(text: string): string | undefined {
  if (text.length > LONGEST || !/^https?:\/\//i.test(text)) return undefined;
  try {
    const url = new URL(text);
    if (url.username !== '' || url.password !== '') return undefined;
    return url.href.length > LONGEST ? undefined : url.href;
  } catch {
    return undefined;
  }
}
