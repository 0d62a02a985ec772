/** Somebody else's text made plain: no tags, no entities, nothing invisible, one line, of bounded length. */

/** Far more than is kept, so that markup before the words costs nothing; what lies behind is never looked at. */
const READ = 40_000;

const TAG = /<[a-z/!?][^<>]*>/gi;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,30}));/gi;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\p{Co}]|(?!\s)\p{Cc}/gu;
/** Elements whose content is no text. */
const SILENT = ['script', 'style', 'template', 'noscript', 'iframe', 'svg'];

/**
 * Windows-1252 from 0x80 to 0x9F. These control characters mean its quotes and dashes: publishers mislabel them, and
 * Node 20's own windows-1252 decoder leaves them as they are.
 */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The named references that news really uses; feeds' own XML references are decoded before they come here. */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
    laquo: '«',
    raquo: '»',
    hellip: '…',
    bull: '•',
    middot: '·',
    deg: '°',
    euro: '€',
    pound: '£',
    yen: '¥',
    cent: '¢',
    copy: '©',
    reg: '®',
    trade: '™',
    times: '×',
    agrave: 'à',
    aacute: 'á',
    acirc: 'â',
    auml: 'ä',
    ccedil: 'ç',
    egrave: 'è',
    eacute: 'é',
    ecirc: 'ê',
    euml: 'ë',
    iacute: 'í',
    ntilde: 'ñ',
    oacute: 'ó',
    ocirc: 'ô',
    ouml: 'ö',
    uacute: 'ú',
    uuml: 'ü',
    szlig: 'ß',
    shy: '',
  }),
);

/**
 * Plain text of at most `limit` code points, an ellipsis included where it was cut.
 * Tags go before references are decoded, and those once: `&amp;lt;b&amp;gt;` is text about a tag, not a tag.
 */
export function plain(markup: string, limit: number): string {
  const text = withoutTags(markup.slice(0, READ))
    .replace(ENTITY, decoded)
    .replace(/[\u0080-\u009f]/g, (letter) => WINDOWS_1252[letter.charCodeAt(0) - 0x80] ?? '')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .trim();
  return clip(text, limit);
}

/** At most `limit` code points. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = [...text];
  return points.length <= limit
    ? text
    : `${points
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}

function withoutTags(markup: string): string {
  return withoutSilent(markup)
    .replace(TAG, ' ')
    .replace(/<[a-z/!?][^<>]*$/i, '');
}

/** Cuts comments and silent elements, contents included, in one pass; an unclosed one takes the rest along. */
function withoutSilent(markup: string): string {
  const lower = markup.toLowerCase();
  const opening = new RegExp(`<!--|<(${SILENT.join('|')})(?=[\\s/>])`, 'g');
  let text = '';
  let from = 0;
  for (let match = opening.exec(lower); match !== null; match = opening.exec(lower)) {
    text += `${markup.slice(from, match.index)} `;
    const closing = match[1] === undefined ? '-->' : `</${match[1]}`;
    const end = lower.indexOf(closing, opening.lastIndex);
    if (end < 0) return text;
    from = end + (match[1] === undefined ? closing.length : 0);
    opening.lastIndex = end + closing.length;
  }
  return text + markup.slice(from);
}

function decoded(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED.get(name) ?? NAMED.get(name.toLowerCase())?.toUpperCase() ?? whole;
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return point > 0x10ffff ? whole : String.fromCodePoint(point);
}
