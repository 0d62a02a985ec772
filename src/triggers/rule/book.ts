/** What is judged and by what, laid out once so that a judgement is one pass. */
import type { RuleState } from '../../core/events.ts';
import type { Ladder, Network } from '../../core/ladder.ts';
import { ruleKey } from '../../core/state.ts';
import type { CompiledRule } from './compile.ts';
import { atRest } from './lifecycle.ts';
import { movesTier } from './tiers.ts';

/** Rules, the networks whose tiers they move and the ladder these stand on, each in the owner's order. */
export type Parts = {
  readonly rules: readonly CompiledRule[];
  readonly networks: readonly Network[];
  readonly ladder: Ladder;
};

/** One rule for one network. */
export type Cell = {
  readonly rule: CompiledRule;
  readonly network: string;
  /** Under which the rule's state for the network is recorded. */
  readonly key: string;
  /** Its state while none is recorded. A state is recorded only once it differs, so since when it rests is never told. */
  readonly rest: RuleState;
  /** Whether the rule can move the network's tier at all. */
  readonly moves: boolean;
};

export type Book = Parts & {
  /** By the rule's id, then the network's: the order in which things are told, whatever order they are written in. */
  readonly cells: readonly Cell[];
  /** The networks by id. */
  readonly board: readonly Network[];
};

/** Lays out what is to be judged. Whoever narrows the rules or networks of a book lays it out anew. */
export function bookOf({ rules, networks, ladder }: Parts): Book {
  const cells = [...rules]
    .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1))
    .flatMap((rule) => rule.networks.map((network) => cellOf(rule, network)));
  const board = [...networks].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { rules, networks, ladder, cells, board };
}

function cellOf(rule: CompiledRule, network: string): Cell {
  return {
    rule,
    network,
    key: ruleKey(rule.rule.id, network),
    rest: atRest(rule.version, Number.NEGATIVE_INFINITY),
    moves: movesTier(rule.rule.effect),
  };
}
