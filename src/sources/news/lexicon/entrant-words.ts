/** Words around a name by which an entrant that no list knows is told from those who back it, host it or compete with it. */

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter((word) => word !== ''));
}

/** Words that belong to a company's form, not to its name. */
export const FORM = set(
  'network networks netzwerk labs lab protocol foundation inc ltd gmbh technologies technology tech project markets platform mainnet testnet token blockchain marketplace research company startup',
);
/** Said of what the named one does, behind its name. */
export const KIND = set('compute gpu computing inference grid exchange cloud ai depin supercomputer tech');
/** Kinds that may be part of a name. */
export const TAIL = set('chain cloud ai');
/** The run of a fund or a firm that gives money. */
export const GIVER = set('ventures venture capital partners vc fund funds holdings investments crypto horowitz');
/** Capitalised at the start of a sentence, and in titles everywhere; names of nobody. */
export const PLAIN = set(`
  the a an and or of for to in on at by with from its is are was were be been has have had will can as but not no yes than then so if it we our us you your i
  he his she her they their this that these those who what why how when where which while after before over under into onto out up down off about across all any every each
  everyone everybody anyone anybody most more less one two three first last next now new old today yesterday just also only here there still yet once since until
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
  live launch launches launched launching announces announced announcing announcement introducing introduces introduced meet meets unveils unveiled reveals revealed goes went going opens opened
  opening open enters exits exited leaves left emerges arrives arrived debuts debut hits starts begins started kicks rolls ships released releases release brings brought makes made turns
  turning gets got gives takes took puts raises raised raise raising secures secured lands landed bags nabs closes closed completes collects nets picks pulls receives wins draws
  attracts snags banks garners scores lead leads led leading backs backed backing back invests invested pours bets plans says said wants aims joins lets letting helps sets builds built
  building powers powered using carrying earning becomes become adds names show shows hn ask breaking exclusive news press report update
  ai ia ki ml llm llms depin defi web3 gpu gpus cpu cpus tpu rtx h100 h100s h200 h200s b200 a100 4090s tee tees zk zkvm mpc kyc api l1 l2 layer yc ceo cto tge
  decentralized decentralised decentralizing distributed dezentrales dezentrale dezentral compute computing computer computers supercomputer inference training render rendering machine
  learning open source crypto blockchain-based mainnet testnet network networks netzwerk cloud clouds marketplace market protocol platform chain token tokens node nodes miner miners
  owners users developers investors founder founders startup start-up company firm team engineers researchers series seed round funding million billion investment strategic pre-seed
  world world's global worldwide internet peer permissionless verifiable universal confidential encrypted private public proof proofs prover provers agent agents model models data center centers
  storage idle consumer gaming macs laptops phones smartphones devices storage hardware chips main step stage official officially finally la le les el los las der die das ein eine une un
`);
/** What the one who launches or raises does. */
export const DOES = set(`
  launches launched debuts debuted goes went is has gets got opens opened exits exited leaves left enters entered emerges emerged arrives arrived comes came steps hits flips flicks unveils
  unveiled introduces announces announced releases released rolls ships kicks brings starts turns switches raises raised secures secured lands landed bags bagged nabs nabbed closes closed
  collects nets picks pulls receives received wins won draws attracts snags banks garners scores completes completed lève leve recauda levanta sammelt sichert raccoglie pockets scoops takes
  grabs amasses obtains rakes reels hauls begins boots activates inaugurates will mainnet network raising
`);
/** What those do who give it money, and people who speak of it. */
export const GIVES = set(`
  leads led leading co-leads co heads headed heading backs backed backing invests invested puts pours poured pumps commits bets bet wagers writes wrote injects supports joins joined participated spearheads says said
  told wrote tweeted plows ploughs hands
`);
/** The name behind these is another's: the giver's, the chain's, the rival's. */
export const OTHERS = set(
  'by from with on at atop unlike like via alongside versus vs than ex former formerly rival rivals against including investor investors led under through using',
);
/** Behind these stands what is new, or what gets the money. */
export const POINTS = set(
  'introducing meet announcing called named dubbed startup network protocol marketplace company firm project launching launches hn firm newcomer',
);
export const INTO = set('in into for behind of backs backing back');
/** A name behind these is only compared with. */
export const COMPARED = set(
  'unlike like versus vs than ex former rivals rivaling rivalling challenges challenging joins joining',
);
/** As in `a rival to`. */
export const RIVALS = set(
  'rival rivals alternative alternatives competitor competitors challenger similar answer akin competes compete competing',
);
