/** JSON Pointer (RFC 6901) over parsed JSON: own members only, so no name reaches into JavaScript itself. */

/** What a pointer leads to; undefined where it leads nowhere. JSON itself has no undefined. */
export function pointAt(body: unknown, pointer: string): unknown {
  if (pointer === '') return body;
  if (!pointer.startsWith('/')) return undefined;
  let value = body;
  for (const token of pointer.slice(1).split('/')) value = member(value, unescaped(token));
  return value;
}

/** `~1` before `~0`, so that `~01` gives `~1`: RFC 6901 section 4. */
function unescaped(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

function member(value: unknown, token: string): unknown {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, token)?.value;
}
