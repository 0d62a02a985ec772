/** Operators, windows, quotes and characters as they are written elsewhere. */
import { parseDuration } from '../../../core/time.ts';
import { codePoint, quoted } from '../error.ts';
import { type Advice, cannotRead, type Habit, operator } from './habit.ts';
import { overTimeHere } from './phrases.ts';

const SERIES = String.raw`[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?`;
const RANGE = String.raw`\[\s*([\w.]+)[^\]]*\]`;

/** Tried where anything may begin. */
export const SPELLINGS: readonly Habit[] = [
  // Windows, labels and grouping of query languages
  [
    new RegExp(String.raw`quantile_over_time\(\s*([\d.]+)\s*,\s*(${SERIES})\s*${RANGE}\s*\)`, 'y'),
    (_, part, series, size) => window(`quantile(${series}, ${sizeOf(size)}, ${part})`),
  ],
  [
    new RegExp(String.raw`(\w+)\(\s*(${SERIES})\s*${RANGE}\s*\)`, 'y'),
    (_, fn = '', series, size) => window(`${overTimeHere(fn) ?? fn}(${series}, ${sizeOf(size)})`),
  ],
  [new RegExp(String.raw`(${SERIES})\s*${RANGE}`, 'y'), (_, series, size) => window(`avg(${series}, ${sizeOf(size)})`)],
  [new RegExp(String.raw`(${SERIES})\s*\{([^}]*)\}`, 'y'), labels],
  [/\w+\s+(?:by|without)\s*\([^)]*\)/y, grouping],
  [/(?:now|time|today)\s*\(\s*\)/y, (all) => [`${all} is no function`, 'now', 'write now']],
  [/bool\s+(?=[\w$(-])/y, () => ['bool means nothing here', 'a value to compare with', 'leave bool out']],

  // What surrounds a condition elsewhere
  [
    /(?:when|clear|expr)\s*:/y,
    (all) => [`${quoted(all)} is the name of a field`, 'the condition alone', `leave ${all} out`],
  ],
  [
    /(?:if|when|where|alert(?:\s+(?:if|when))?)(?=\s+(?!(?:and|or)\b)[A-Za-z($\d])/iy,
    (all) => [`${all} means nothing here`, 'the condition alone', `leave ${all} out`],
  ],

  // Operators
  [/===|=(?![=<>~])/y, operator('==')],
  [/!==|<>|~=|!\s+=|≠/y, operator('!=')],
  [/=>|>\s+=|≥/y, operator('>=')],
  [/=<|<\s+=|≤/y, operator('<=')],
  [/&&?/y, operator('and')],
  [/\|\|?/y, operator('or')],
  [/!(?!=)/y, operator('not')],
  [/[×·∙]/y, operator('*')],
  [/÷/y, operator('/')],
  [/[−–—]/y, operator('-')],
  [/\*\*|\^/y, (all) => [`${quoted(all)} is no operator here`, 'one of + - * /', 'multiply the value by itself']],
  [/%/y, () => ['% has no number before it', 'a percentage such as 20%', 'write the number directly before %']],

  // Characters
  [
    /["'`“”„‘’«»](\w[\w.]*)["'`“”‘’«»]/y,
    (all, name) => [`${all} is in quotes`, 'names and values without quotes', `write ${name}`],
  ],
  [/["'`“”„‘’«»]/y, (all) => [`the quote ${all} means nothing here`, 'names and values without quotes', 'remove it']],
  [/[[\]{}]/y, (all) => [cannotRead(all), 'round parentheses', 'write ( and ), or remove it']],
  [
    /[A-Za-z_]\w*(?:\.\w+){2,}/y,
    (all) => [
      `${all} has more than one point`,
      'metric or subject.metric',
      'write the id that the subject has in networks.yaml, a point, and the metric',
    ],
  ],
  [/[^\s\p{L}\p{M}\p{N}\p{P}\p{S}]/uy, unseen],
  [/\w*(?!\w)[\p{L}\p{N}][\p{L}\p{N}_]*/uy, otherAlphabet],
];

function window(right: string): Advice {
  return ['a window is not written in brackets', 'the window as the second argument of a function', `write ${right}`];
}

/** The window itself where it can be read, else a usual one. */
function sizeOf(text = ''): string {
  const lower = text.toLowerCase();
  return parseDuration(lower) === undefined ? '7d' : lower;
}

function labels(_: string, series = '', inside = ''): Advice {
  const subject = series.includes('.') ? undefined : /["'](\w+)["']/.exec(inside)?.[1];
  return [
    'labels in braces are not known here',
    'subject.metric, or the metric alone for the network being judged',
    subject === undefined ? 'leave the braces out' : `write ${subject}.${series}`,
  ];
}

function grouping(written = ''): Advice {
  return [
    `${quoted(written)} groups series, and a rule is judged for each network by itself`,
    'metric or subject.metric',
    'leave the grouping out, or name a group: median(clouds.h100_price)',
  ];
}

function unseen(written: string): Advice {
  return [
    `a character that cannot be seen (${codePoint(written)}) stands here`,
    'nothing in its place',
    'delete it, or type this part anew',
  ];
}

function otherAlphabet(written = ''): Advice {
  const odd = /[^\w]/u.exec(written)?.[0] ?? '';
  return [
    `${quoted(written)} has a character of another alphabet (${odd}, ${codePoint(odd)})`,
    'the letters a to z, digits 0 to 9 and _',
    'type it anew',
  ];
}
