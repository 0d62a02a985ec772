/** The words that make an article news: one entry a way of saying it, each with a sentence it must recognise. */
import type { NewsStatus, NewsType } from '../../core/news.ts';

export type Entry = {
  readonly type: NewsType;
  /** What it is when nothing around it hedges. */
  readonly fact: NewsStatus;
  /** What is said to happen. */
  readonly words: RegExp;
  /** Each must stand in the same statement or in one beside it. */
  readonly near: readonly RegExp[];
  /** Each must stand somewhere in the article. */
  readonly article?: readonly RegExp[];
  /** In the same statement, shows that something else is meant. */
  readonly not?: RegExp;
  /** Speaks only where no other entry says anything of this type and network. */
  readonly weak?: true;
  /** A sentence that must be read as this type, with the status of `fact`. */
  readonly example: string;
};

/** Compute that belongs to many, or hangs together over the internet; never merely "distributed", as in a data center. */
const SPREAD =
  /\b(?:decentrali[sz]ed(?! exchange| finance)|distributed (?:over|across|around) the (?:internet|world|globe)|(?:globally|geographically) distributed|(?:spread|scattered|located|dispersed|found) (?:out |all )?(?:over|across|around|in)|(?:around|across|over|all over|spans?|of) the (?:\w+ )?(?:world|globe|planet|internet)|(?:across|over|on) (?:\w+ )?continents|worldwide|permissionless(?:ly)?|peer-to-peer|(?:consumer|home|volunteer\w*|contributed) (?:GPUs?|hardware|computers?|machines)|(?:everyday|ordinary|commodity|public|regular|open) internet|distributed method|between continents|national borders|subnets?)\b/i;

/** A model that can be told from a method. */
const MODEL =
  /\b\d+(?:\.\d+)?\s?[BT]\b|\b\d+(?:\.\d+)?[ -](?:billion|trillion)[ -]param|\bbillion[- ]parameters?\b|\b(?:\d+|\w+) billion parameters\b|\b(?:language|foundation|reasoning|frontier) model|\bLLMs?\b|\bINTELLECT-\d\b|\bCovenant-?\s?72B\b|\bCollective-1\b|\bConsilience\b/i;

/** Words "around the world" that are about data, people or sales, not about compute. */
const NOT_COMPUTE =
  /\b(?:data|texts?|books|images|languages|speech|users?|customers|developers|students|offices|people|researchers) (?:\w+ ){0,2}(?:from|around|across|over|all over|in) (?:\w+ )?(?:the )?(?:world|globe|planet|internet|languages|countries)\b/i;
/** A cluster under one roof, unless the text says there was none. */
const CENTRAL =
  /(?<!\b(?:no|without|without a|without any|without the|not in a|not on a|not in one|not on one|instead of|instead of a|rather than|rather than a|replaces? the) (?:single |one |big |large |usual )?)\b(?:centrali[sz]ed|central|single|in-house|own) (?:\w+ )?(?:cluster|data ?cent(?:er|re)|supercomputer)\b/i;
/** Talk about how one could train, not a run. */
const METHOD =
  /\b(?:frameworks?|white ?papers?|toolkit|library|SDK|simulat\w+|proof of concept|whoever|anyone can|way (?:\w+ ){1,4}(?:is|are)\b|benchmarks? (?:for|of)|dataset|data generation|inference run)\b/i;
const LONG_AGO = /\b(?:years? ago|last year|back in (?:20|19)\d\d)\b/i;

const NOT_A_RUN = either(NOT_COMPUTE, CENTRAL, METHOD, LONG_AGO);

const RUNS = { type: 'lab_training', near: [SPREAD], article: [MODEL], not: NOT_A_RUN } as const;

const LAB_TRAINING: readonly Entry[] = [
  {
    ...RUNS,
    fact: 'done',
    words: /\b(?<!\bto be |\bbeing |\bhad |\bhad been |-)(?:pre-?|re)?trained\b(?! (?:models? )?to\b)(?!-)/i,
    example: 'Prime Intellect has trained a 10B language model on GPUs scattered around the globe.',
  },
  {
    ...RUNS,
    fact: 'done',
    words: /\bfirst (?:\w+[ -]){0,8}?to (?:be|have been) (?:\w+ )?(?:pre-?)?trained\b/i,
    example: 'INTELLECT-1 is the first 10B model to be trained in a decentralized way.',
  },
  {
    ...RUNS,
    fact: 'done',
    words:
      /\b(?:finish(?:es|ed)|complet(?:es|ed)|wrap(?:s|ped) up|concluded|succeeded in)\b[^.;]{0,60}?\b(?:pre-?)?train(?:ing)?\b/i,
    example: 'Templar has finished pre-training Covenant-72B on a Bittensor subnet over the public internet.',
  },
  {
    ...RUNS,
    fact: 'done',
    words:
      /\b(?:training|reinforcement learning|RL) (?:of [^,.;]{1,60} )?(?:took place|was (?:done|carried out|completed|finished)|has (?:ended|finished)|ran)\b/i,
    example: 'Training of the Pluralis 8B language model took place on volunteer GPUs.',
  },
  {
    ...RUNS,
    fact: 'done',
    words:
      /\breinforcement learning\b[^.;]{0,80}?\b(?:produces|(?:has|have) (?:produced|yielded))\b|\bpresents? [^.;]{0,80}?\btraining run\b/i,
    example: 'Prime Intellect: reinforcement learning spread over the globe has produced a 32B model.',
  },
  {
    ...RUNS,
    fact: 'done',
    words: /\b(?:has|have) (?:together |jointly )?(?:produced|turned out)\b/i,
    near: [SPREAD, /\btraining\b/i],
    example: 'Two Bittensor subnets have turned out a 72B model, sharing its decentralized training between them.',
  },
  {
    ...RUNS,
    fact: 'in_progress',
    words: /\btraining run\b[^.;]{0,80}?\bis (?:now )?(?:spread|running)\b/i,
    example: "Prime Intellect's training run of a 32B model is spread around the world.",
  },
  {
    ...RUNS,
    fact: 'in_progress',
    words:
      /\b(?:is|are|['’]s) (?:(?:now|currently|presently|still|already|busy|partway|halfway|midway|right|through|at present|in) )*(?:pre-?|re)?training\b(?! (?:market|platform|network|protocol|framework|data|ground))/i,
    example: 'Nous Research is currently pre-training a 15B language model over the internet.',
  },
  {
    ...RUNS,
    fact: 'in_progress',
    words:
      /\b(?:partway|halfway|midway) through (?:the )?(?:pre-?)?training\b|\bin (?:pre-?)?training (?:on|at|over|across)\b/i,
    example: 'Nous Research is halfway through pre-training a 15B LLM on machines all over the internet.',
  },
  {
    ...RUNS,
    fact: 'in_progress',
    words: /\b(?:is|are) (?:now |currently |presently |still )?being (?:pre-?|re)?trained\b/i,
    example: 'A 40B model, Consilience, is being trained on Psyche, the decentralized network of Nous.',
  },
  {
    ...RUNS,
    fact: 'in_progress',
    words:
      /\b(?:re|pre-?)?training (?:run )?(?:of [^.;]{1,60}? )?(?:is|has) (?:now |currently |already )?(?:under ?way|in progress|live|taking place|being repeated|begun|started)\b/i,
    example: 'Retraining of the 107B model is now taking place on the decentralized 0G Labs network.',
  },
  {
    ...RUNS,
    fact: 'in_progress',
    words:
      /\b(?:starts|started|kick(?:s|ed) off|begins|began|has begun|launch(?:es|ed|ing))\b[^.;]{0,120}?\b(?:training run|pre-?training(?= (?:of|a)\b))/i,
    example: 'Gensyn has begun pre-training of a 70B model across the internet.',
  },
];

/** A network that sells or pools compute. */
const NETWORK_OF_COMPUTE =
  /\bdecentrali[sz]ed (?:[\w-]+ ){0,4}?(?:network|compute|computing|cloud|platform|training|AI|GPU|marketplace|supercomputer)\b|\bpeer-to-peer (?:GPU|compute)\b|\bDePIN\b|\bGPU (?:market ?place|network)\b/i;
const NOT_AN_ENTRANT =
  /\b(?:token|listing|lists|listed|airdrop|staking|grants?|hackathon|integrat\w+|partner\w*|upgrade\w*|SDK|(?<!messaging )app|dashboard|exchange|competition|podcast|course|bridge|wallet|stablecoin|validators?)\b/i;
const ENTERS = { type: 'new_entrant', near: [NETWORK_OF_COMPUTE], not: NOT_AN_ENTRANT } as const;

const NEW_ENTRANT: readonly Entry[] = [
  {
    ...ENTERS,
    fact: 'done',
    words:
      /\b(?:(?:is|are|be|go|(?:has|have) (?:\w+ly )?gone|goes|went|going) (?:now |officially |finally )*live|(?:now|officially) live)\b(?! (?:test|demo|stream|on testnet))/i,
    example: 'Cocoon, the decentralized AI compute network on TON, is now live.',
  },
  {
    ...ENTERS,
    fact: 'done',
    words:
      /\bup and running\b|\bgenerally available\b|\bgeneral availability\b|\bofficially (?:launched|started|started up|opened)\b|\blaunched officially\b|\b(?:started up|launched) on (?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day\b/i,
    example: 'Cocoon, a decentralized AI network on TON, was officially launched on Sunday.',
  },
  {
    ...ENTERS,
    fact: 'done',
    words:
      /\bmainnet (?:is (?:now )?live|has launched|launch(?:es|ed)|went live)\b|\blaunch(?:es|ed) (?:its |the )?mainnet\b/i,
    example: 'Gonka, a decentralized compute network, launched its mainnet today.',
  },
  {
    ...ENTERS,
    fact: 'planned',
    weak: true,
    words:
      /\b(?:announces?|announced|unveil(?:s|ed)|shows? off|presented|roll(?:s|ing) out|launch(?:es|ing)?|introduc(?:es|ing))\b/i,
    article: [/\bCocoon\b|\bGonka\b|\bPsyche\b|\bnew (?:decentrali[sz]ed|network)/],
    example: 'Telegram announced Cocoon, a decentralized AI compute network on TON.',
  },
  {
    type: 'new_entrant',
    fact: 'planned',
    near: [/\b(?:network|compute|GPU|decentrali[sz]ed|supercomputer)\b/i],
    words:
      /\b(?:public |incentivi[sz]ed |new |first |second |third )*testnet\b(?! (?:token|reward|points|guide|faucet))/i,
    not: /\b(?:airdrop|farm\w*|from testnet|review|bug|upgrade\w*|signed up|stress-test\w*|after (?:the )?testnet)\b/i,
    example: 'Nexus opened a new testnet of its verifiable supercomputer network this week.',
  },
  {
    type: 'new_entrant',
    fact: 'done',
    near: [/\bdecentrali[sz]\w+|\bDePIN\b/i],
    words:
      /\b(?:rais(?:es|ed)|secur(?:es|ed)|clos(?:es|ed)|led|puts?|invest(?:s|ed))\b[^.;]{0,60}?\$\s?\d{2,}(?:\.\d+)?\s?(?:million|billion|M|B)\b|\$\s?\d{2,}(?:\.\d+)?\s?(?:million|M|billion|B)\b[^.;]{0,20}\bSeries [A-C]\b/i,
    not: /\b(?:token sale|market cap|TVL|trading|stablecoin|exchange|bets?|wagers?)\b/i,
    example: 'Nous Research raised $50 million for Psyche, its decentralized AI training network.',
  },
];

const GPU =
  /\b(?:GPUs?|graphics (?:cards|processors)|[HB][123]00s?|A100s?|GB[23]00|L40S|Blackwell|Hopper|AI (?:compute|chips?|capacity|infrastructure)|compute capacity|GPU[- ]hours?|cloud GPUs?)\b/i;
/** Prices of other things: of machines for players, memory, stocks and tokens. */
const OTHER_PRICES =
  /\b(?:gaming|gamers?|RTX 50\d0|GeForce|Radeon|DDR\d|RAM|smartphones?|phones?|laptops?|PCs?|stocks?|shares?|investors?|market cap|tokens? (?:price|fell|dropped|rose)|AKT|RNDR|TAO|bitcoin|ether|coins?|mining|miners?)\b/i;
const FIGURE = /\d+(?:\.\d+)?\s?(?:%|per ?cent\b)|\$\s?\d|\bhalv(?:ed|es)\b|\bhalf\b/i;
const PRICE = '(?:prices?|pricing|rates?|rents?|rentals?|rental costs?|costs?|fees?|contracts)';
const FALL =
  '(?:fell|falls?|fallen|drop(?:s|ped)?|declin(?:es|ed)|slid|slump(?:s|ed)|plung(?:es|ed)|tumbl(?:es|ed)|sank|down|lower|cheaper|halved|come down|collapsed?)';
const RISE = String.raw`(?:rose|rises?|risen|jump(?:s|ed)?|climb(?:s|ed)?|surg(?:es|ed)|soar(?:s|ed)?|spik(?:es|ed)|higher|up|more expensive|dearer|cost \d+% more)`;

const CATCHUP = { type: 'capacity_catchup', near: [GPU], not: OTHER_PRICES } as const;
const CAPACITY_CATCHUP: readonly Entry[] = [
  {
    ...CATCHUP,
    fact: 'done',
    words: new RegExp(
      String.raw`\b${PRICE}\b[^.;]{0,80}?\b${FALL}\b|\b(?:an hour on|hour's rent)\b[^.;]{0,60}?\bcheaper\b`,
      'i',
    ),
    near: [GPU, FIGURE],
    example: 'H100 rental prices fell 40% in six months.',
  },
  {
    ...CATCHUP,
    fact: 'done',
    words: new RegExp(
      String.raw`\b(?:cut|cuts|slash(?:es|ed)|lower(?:s|ed)|reduc(?:es|ed)|trim(?:s|med))\b[^.;]{0,60}?\b${PRICE}\b|\bmade\b[^.;]{0,60}?\bcheaper\b`,
      'i',
    ),
    near: [GPU, FIGURE],
    example: 'AWS cut the price of its H100 instances by 44%.',
  },
  {
    ...CATCHUP,
    fact: 'done',
    words:
      /\b(?:no longer (?:scarce|in short supply)|back in stock|shortage (?:has |is )?(?:ended|over|eased|easing)|supply (?:has |now )?(?:caught up|outstrips|exceeds|eased)|wait(?:ing)? times? (?:fell|shrank|dropped))\b/i,
    example: 'The GPU shortage has eased, and H100s can be had within a day.',
  },
  {
    ...CATCHUP,
    fact: 'planned',
    words:
      /\b(?:commit(?:s|ted)?|invest(?:s|ed|ing)?|rais(?:es|ed)|sign(?:s|ed)|plan(?:s|ning)?|build(?:s|ing)?|expand(?:s|ed)?|get(?:s)?|receiv(?:es|ed)|announces?)\b[^.;]{0,120}?\b(?:data cent(?:er|re)s?|gigawatts?|\d+ ?GW|AI factories|AI infra(?:structure)?|compute)\b/i,
    near: [/\$\s?\d+(?:\.\d+)?\s?(?:B|billion|trillion|T)\b|\b\d+(?:\.\d+)?\s?(?:GW|gigawatts?)\b|\bgigawatts?\b/i],
    not: /\b(?:halts?|blocked|protests?|opposition|electricity|stocks?|Series [A-F]|agents?|excess|pivot|token|decentrali[sz]ed)\b/i,
    example: 'AirTrunk commits $30B to build 5GW of AI data centers in India.',
  },
];

const CRUNCH = { type: 'capacity_crunch', near: [GPU], not: OTHER_PRICES } as const;
const CAPACITY_CRUNCH: readonly Entry[] = [
  {
    ...CRUNCH,
    fact: 'done',
    words: new RegExp(String.raw`\b${PRICE}\b[^.;]{0,80}?\b${RISE}\b|\bcosts? \d+(?:\.\d+)?% more\b`, 'i'),
    near: [GPU, FIGURE],
    example: 'H100 rental prices jumped 48% within two months.',
  },
  {
    ...CRUNCH,
    fact: 'done',
    words: /\b(?:jump|rise|increase|surge) of \d+(?:\.\d+)? ?(?:%|per ?cent)/i,
    near: [GPU, new RegExp(String.raw`\b(?:${PRICE}|rented)\b`, 'i')],
    example: 'An hour on a B200 now rents at a price of $4.08, a jump of 48%.',
  },
  {
    ...CRUNCH,
    fact: 'in_progress',
    words:
      /\b(?:less supply than demand|demand (?:\w+ ){0,3}?(?:exceeds|outstrips|outpaces|outgrows) (?:\w+ )?supply)\b/i,
    example: 'Demand for H100 GPUs outstrips supply at every cloud.',
  },
  {
    ...CRUNCH,
    fact: 'in_progress',
    words:
      /\blead[- ]times? (?:\w+ ){0,4}?(?:\d+|past|beyond|stretch\w*)|\bwait (?:of )?\d+(?:-\d+| to \d+)? (?:weeks|months)\b/i,
    example: 'Lead times of 36 to 52 weeks are quoted for H100 servers.',
  },
  {
    ...CRUNCH,
    fact: 'in_progress',
    words:
      /\b(?:sold out|out of GPUs|(?:almost |next to )?impossible to (?:find|get|rent|buy)|nowhere to be (?:found|had)|ration(?:s|ed|ing)?|runs? short|run(?:s|ning)? out of)\b/i,
    not: /\b(?:gaming|RTX 50\d0|GeForce|memory chips?|DDR\d|smartphones?|PCs?|decentrali[sz]ed|DePIN|if you)\b/i,
    example: 'H100 capacity is sold out at every large cloud.',
  },
  {
    type: 'capacity_crunch',
    fact: 'in_progress',
    words:
      /\b(?:faces?|facing|amid|hit by|under) (?:an? |the |severe |acute )*(?:AI |GPU |compute )*(?:capacity|compute|GPU) (?:crunch|shortage|squeeze|strain)\b/i,
    near: [/\b(?:Microsoft|AWS|Amazon|Google|Azure|OpenAI|Anthropic|GitHub|CoreWeave|Nebius|Oracle|Meta|xAI)\b/],
    not: /\b(?:decentrali[sz]ed|DePIN|memory|smartphones?|PCs?)\b/i,
    example: 'GitHub turns to AWS as it faces an AI capacity crunch.',
  },
  {
    type: 'capacity_crunch',
    fact: 'planned',
    words: /\b(?:warn(?:s|ed)?|caution(?:s|ed)?|bracing|word of caution)\b[^.;]*/i,
    near: [
      /\b(?:AI (?:services|capacity|offerings|products?)|data cent(?:er|re)s?)\b/,
      /\b(?:limit(?:s|ed)|interruptions?|slower|lack of capacity|availability|constrain\w+|outgrows?)\b/i,
    ],
    article: [/\b(?:Microsoft|AWS|Amazon|Google|Azure|OpenAI|Oracle)\b/, /\b(?:demand|appetite|customers want)\b/i],
    not: /\b(?:regulat\w+|electricity|safety|antitrust|privacy|security)\b/i,
    example:
      'Microsoft warned that AI services may be interrupted because demand outgrows its data centers, with limits on availability.',
  },
];

const UTILIZATION_REPORT: readonly Entry[] = [
  {
    type: 'utilization_report',
    fact: 'done',
    words:
      /\b(?:(?:lease activity|(?:active |new |GPU |compute )*leases|usage|network revenue|compute spend|frames rendered|(?:GPU |CPU |network )utilization|daily activity|fees)\b[^.;]{0,80}?(?:\d|went up|grew|rose|fell|shrank)|frames rendered\b|record (?:\w+ ){0,4}?leases\b|concurrent nodes\b)/i,
    near: [
      /\bQ[1-4]\b|\b(?:first|second|third|fourth|last) quarter\b|\bquarterly\b|\bthree quarters\b|\bin a (?:week|month|year)\b|\bMessari\b|\bState of\b|\bconcurrent nodes\b|\b(?:daily|weekly|monthly) (?:stats|report)\b/i,
    ],
    not: /\b(?:price target|open interest|trading|per-hour|floats?|training run|compute utilization)\b/i,
    example: 'Akash Network: Q3 2025 lease activity rose 27% to a record.',
  },
];

const RELIABILITY_INCIDENT: readonly Entry[] = [
  {
    type: 'reliability_incident',
    fact: 'done',
    words:
      /\b(?:(?:suffer(?:s|ed)|hit by|after|resolved|during) (?:an? |the )?(?:\w+ ){0,2}?(?:outage|exploit|breach|cyber ?attack|hack|chain halt)|(?:chain|network) (?:halted|went down|was halted|stopped producing blocks)|(?:was|were|been) (?:hacked|exploited|drained|breached)|SQL injection)\b/i,
    near: [/\b(?:network|chain|subnet|provider|validator|wallets?|metadata|GPUs?|users?)\b/i],
    not: /\b(?:prevent\w*|protect\w*|avoid\w*|audit(?:s|ed)?|bug bounty|unlike|AWS outage|Cloudflare|other networks|insurance)\b/i,
    example: 'io.net was hacked: attackers changed the metadata of GPUs in the network.',
  },
];

const SUPPLY_INFLATION: readonly Entry[] = [
  {
    type: 'supply_inflation',
    fact: 'done',
    words:
      /\b(?:fake|spoofed|fictitious|virtual|phantom|nonexistent|inflated) (?:GPUs?|nodes?|devices?|workers?|GPU counts?|node counts?|supply)\b|\b(?:GPUs?|nodes?|workers?) (?:\w+ ){0,3}?(?:were|was|are|turned out to be) (?:fake|spoofed|inflated)\b/i,
    near: [/\b(?:network|GPUs?|nodes?|sybil)\b/i],
    not: /\b(?:prevent\w*|protect\w*|detects?|against|resistan\w+|virtual GPUs? (?:for|with))\b/i,
    example: 'Over 1.8 million fake GPUs had joined io.net before the network cut them off.',
  },
];

/** Every way of saying it, in the order they are tried. */
export const LEXICON: readonly Entry[] = [
  ...LAB_TRAINING,
  ...NEW_ENTRANT,
  ...CAPACITY_CATCHUP,
  ...CAPACITY_CRUNCH,
  ...UTILIZATION_REPORT,
  ...RELIABILITY_INCIDENT,
  ...SUPPLY_INFLATION,
];

/** Titles of pieces that explain, teach, list or opine: they report nothing, even where they mention an event. */
export const NO_REPORT =
  /^(?:how to|what (?:is|are)|top \d+|\d+ (?:best|ways|reasons|trends)|(?:two|three|four|five|six|seven|ten) (?:trends|ways|reasons|best)|the case (?:for|that)|opinion)\b|\b(?:explained|explainer|demystified|guide|primer|glossary|full overview|reviewed|reviewing|tutorial|FAQ|AMA|step by step|deep dive|in depth|price (?:prediction|analysis)|best crypto\w*|model card|roadmap|profile|what it is|what is it|in brief)\b|\((?:tag page)\)/i;

function either(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'i');
}
