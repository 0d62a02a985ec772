/** What is known of a word by itself: how it is written, its stem, and whether it tells anything in this field. */

export type Word = {
  /** Lower case, without a possessive ending. */
  readonly text: string;
  /** FNV-1a over the text's UTF-16 units. */
  readonly hash: number;
  /** Names and words that differ in their ending only have one stem. */
  readonly stem: string;
  readonly number: boolean;
  /** Begins with a capital. */
  readonly capital: boolean;
  /** Has a digit, or a capital behind its first letter: a name, whatever surrounds it. */
  readonly marked: boolean;
  readonly possessive: boolean;
  /** Found in most texts of this field. */
  readonly common: boolean;
  /** A company, place or person that many stories of this field name. */
  readonly famous: boolean;
  /** Holds sentences together: it stays when the words around it are swapped for others. */
  readonly grammar: boolean;
  /** What a number word means, up to ninety. */
  readonly value: number | undefined;
  /** What stands behind a figure and belongs to it. */
  readonly unit: Unit | undefined;
  /** Names a currency. */
  readonly currency: boolean;
};

type Unit = { readonly times: number; readonly sign: string };

const WORDS_KEPT = 20_000;
/** Longer ones are no words, and come once. */
const LONGEST_KEPT = 64;
const known = new Map<string, Word>();

/** The same words come again and again: each, as written, is looked at once. */
export function wordOf(written: string): Word {
  const before = known.get(written);
  if (before !== undefined) return before;
  if (written.length > LONGEST_KEPT) return lookAt(written);
  // A slice would keep the article alive that it was cut from; a fresh string does not.
  const fresh = [...written].join('');
  const word = lookAt(fresh);
  if (known.size >= WORDS_KEPT) known.clear();
  known.set(fresh, word);
  return word;
}

function lookAt(written: string): Word {
  const bare = written.replace(POSSESSIVE, '');
  const text = bare.toLowerCase();
  const base = stem(text);
  const number = NUMBER.test(text);
  return {
    text,
    hash: hash(text),
    stem: base,
    number,
    capital: /^\p{Lu}/u.test(bare),
    marked: !number && MARKED.test(bare),
    possessive: bare !== written,
    common: COMMON.has(base) || APOSTROPHE.test(text),
    famous: FAMOUS.has(base),
    grammar: GRAMMAR.has(text),
    value: VALUES.get(text),
    unit: UNITS.get(text),
    currency: CURRENCY.has(text),
  };
}

const POSSESSIVE = /['’]s$/;
const NUMBER = /^\d/;
const MARKED = /.[\p{Lu}\d]/u;
/** Shortened forms like `can't` and `I'm`. */
const APOSTROPHE = /['’]/;

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

/** One form for the endings that English gives a word: plural, `-ing`, `-ed`, a last `e`, and both spellings of `-ize`. */
function stem(word: string): string {
  if (word.length < 4) return word;
  const one = singular(word);
  const base = withoutEnding(one);
  const once = base !== one && DOUBLED.test(base) ? base.slice(0, -1) : base;
  return once.endsWith('e') ? once.slice(0, -1) : once;
}

/** Doubled before an ending only: `planned`, not `selling`, `passed` or `H100`. */
const DOUBLED = /([^aeiouls\d])\1$/;

function singular(word: string): string {
  if (!word.endsWith('s')) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[siu]s$/.test(word) ? word : word.slice(0, -1);
}

function withoutEnding(word: string): string {
  const cut = word.endsWith('ing') ? 3 : word.endsWith('ed') ? 2 : 0;
  const base = cut > 0 && word.length > cut + 2 ? word.slice(0, -cut) : word;
  if (base.endsWith('isation')) return `${base.slice(0, -7)}ization`;
  if (base.endsWith('ise')) return `${base.slice(0, -2)}z`;
  return cut > 0 && base.endsWith('is') ? `${base.slice(0, -1)}z` : base;
}

const GRAMMAR = new Set(
  split(`
  the a an and or but nor so yet if of in on at to for from by with about into over after before between through
  during against among around across behind beyond within without toward towards upon under above below up down out
  off near via per as than that this these those it its is are was were be been being am has have had having do does
  did will would shall should can could may might must not no he she they them their his her him we our us you your i
  me my who whom whose which what when where why how all any both each few more most other some such only own same too
  very just also even still already now then here there again once ever never one two three while until since because
  though although whether either neither like amid onto yours ours hers
  `),
);

/** Words of every piece of news. */
const NEWS = `
  doing four five six seven eight nine ten first second third last next along unlike despite yes let lets get gets got
  make makes made take takes took give gives gave come comes came goes going went gone put puts set sets say says said
  saying tell tells told know known see seen look looks want wants need needs use uses used using work works worked
  working find finds found become becomes became begin begins began keep keeps kept show shows showed shown mean means
  call calls called turn turns run runs ran running start starts started help helps bring brings brought move moves
  build builds built new news old big large small high low long short good best better great real full open major key
  top many much less least several various different another every enough able available possible recent current early
  late later today yesterday tomorrow week weeks month months year years day days hour hours time times monday tuesday
  wednesday thursday friday saturday sunday january february march april june july august september october november
  december quarter quarterly annual daily weekly monthly jan feb mar apr jun jul aug sep sept oct nov dec ago half
  part way thing things people person team teams group company companies firm firms startup startups business world
  worldwide global globe globally international country countries state user users customer customers developer
  developers researcher researchers industry sector report reports reported reporting announce announces announced
  announcement unveil unveils unveiled introduce introduces introduced present presents presented reveal reveals
  release releases released releasing launch launches launched launching live plan plans planned planning aim aims
  expect expects expected according article post blog press paper story read update number numbers figure figures
  percent cent level share total million billion trillion thousand hundred dollar dollars usd price prices pricing
  cost costs cheap cheaper expensive pay paid money fund funds funding funded raise raises raised round investor
  investors investment invest deal deals ceo cto cfo coo founder founders cofounder chief executive officer head
  president inc ltd llc corp com org www http https
`;

/** Words of every text on compute networks, clouds and AI, and the chips all of them speak of. */
const FIELD = `
  gpu gpus cpu cpus tpu tpus chip chips hardware machine machines processor processors graphics card cards server
  servers node nodes cluster clusters rack racks device devices computer computers supercomputer computing compute
  cloud clouds data datacenter datacenters center centers centre centres capacity supply demand shortage scarcity
  infrastructure network networks networking internet decentralized decentralised decentralize decentralization
  distributed distribute peer protocol protocols permissionless platform platforms marketplace market markets provider
  providers contributor contributors miner miners mining ai ml llm llms artificial intelligence generative model
  models language learning reinforcement deep neural train trains trained training pretraining pretrain pre inference
  parameter parameters weights dataset datasets token tokens tokenomics crypto cryptocurrency blockchain blockchains
  chain web3 depin defi coin coins mainnet testnet onchain layer project projects foundation labs lab research
  technology tech technologies software service services product products tool tools app apps application applications
  api source opensource system systems access agent agents digital virtual h100 h200 h800 a100 b100 b200 b300 gb200
  gb300 l40 l40s v100 h20 rtx nvidia hopper blackwell
`;

const COMMON: ReadonlySet<string> = new Set([...GRAMMAR, ...split(NEWS), ...split(FIELD)].map(stem));

const FAMOUS: ReadonlySet<string> = new Set(
  split(`
    microsoft openai google alphabet amazon aws meta anthropic coreweave oracle apple tesla xai spacex intel amd musk altman
    trump chatgpt gpt claude gemini azure bitcoin ethereum solana america american europe european china chinese san
    francisco new york london california
  `).map(stem),
);

const VALUES: ReadonlyMap<string, number> = new Map([
  ...split(`
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
  `).map((word, index) => [word, index] as const),
  ...split('twenty thirty forty fifty sixty seventy eighty ninety').map(
    (word, index) => [word, 20 + 10 * index] as const,
  ),
]);

const CURRENCY: ReadonlySet<string> = new Set(split('dollar dollars usd us dólares'));

const UNITS: ReadonlyMap<string, Unit> = new Map(
  Object.entries({
    'k thousand': { times: 1e3, sign: '' },
    'm mn mio million millions millionen millones milioni milhões': { times: 1e6, sign: '' },
    'b bn billion billions milliarden milliards miliardi': { times: 1e9, sign: '' },
    't trillion trillions': { times: 1e12, sign: '' },
    percent: { times: 1, sign: '%' },
    'gw gigawatt gigawatts': { times: 1, sign: 'gw' },
    'mw megawatt megawatts': { times: 1, sign: 'mw' },
    weeks: { times: 1, sign: 'weeks' },
  }).flatMap(([words, unit]) => split(words).map((word) => [word, unit] as const)),
);

function split(words: string): readonly string[] {
  return words.trim().split(/\s+/);
}
