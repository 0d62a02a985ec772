import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/core/state.ts';
import { DAY } from '../../../src/core/time.ts';
import { emptyState } from '../../../src/store/tables.ts';
import { tick } from '../../../src/triggers/judge/tick.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { every, replay } from '../../../src/triggers/replay/replay.ts';
import { bookOf as layOut } from '../../../src/triggers/rule/book.ts';
import { bookOf, daily, ruleOf, T0 } from '../../world.ts';

const rule = (id: string, networks: readonly string[] | 'all', more: Record<string, unknown> = {}) =>
  ruleOf({ id, networks, when: 'gpu_utilization < 20%', effect: { lower: 1 }, ...more });

describe('a book', () => {
  const book = bookOf(rule('b', ['render', 'akash']), rule('a', ['ionet']));

  it('keeps what it is given as it is given, and lays it out by ids', () => {
    expect(book.rules.map(({ rule: { id } }) => id)).toEqual(['b', 'a']);
    expect(book.networks.map(({ id }) => id)).toEqual(['akash', 'ionet', 'render', 'bittensor']);
    expect(book.cells.map(({ key }) => key)).toEqual(['a/ionet', 'b/akash', 'b/render']);
    expect(book.board.map(({ id }) => id)).toEqual(['akash', 'bittensor', 'ionet', 'render']);
  });

  it('is laid out anew by a replay: what was narrowed after the first time counts', () => {
    const samples = [...daily('akash.gpu_utilization', [0.1, 0.1]), ...daily('render.gpu_utilization', [0.1, 0.1])];
    const narrow = {
      ...book,
      networks: book.networks.filter(({ id }) => id === 'akash'),
      rules: [rule('b', ['akash'])],
    };
    const events = [...replay(narrow, recorded(samples), every(T0, T0 + DAY, DAY))].flatMap((step) => step.events);
    const networks = events.map((event) =>
      event.kind === 'rule' ? event.network : event.kind === 'change' ? event.change.networks.join() : '',
    );
    expect(networks).toEqual(['akash', 'akash', 'akash']);
  });
});

describe('the recorded tiers', () => {
  it('are compared at every judgement: an edited base is seen though no phase changes', () => {
    const book = bookOf(rule('a', ['akash']));
    const evidence = recorded(daily('akash.gpu_utilization', [0.1, 0.1, 0.1]));
    const before = tick(book, emptyState(), evidence, T0).events.reduce(apply, emptyState());
    const raised = layOut({
      ...book,
      networks: book.networks.map((network) => (network.id === 'akash' ? { ...network, tier: 'conviction' } : network)),
    });
    const { events } = tick(raised, before, evidence, T0 + DAY);
    expect(events).toMatchObject([{ change: { kind: 'tier', from: 'avoid', to: 'watching', cause: 'config' } }]);
    expect(tick(raised, events.reduce(apply, before), evidence, T0 + DAY).events).toEqual([]);
  });
});

describe('an observer', () => {
  const cleared = rule('cleared', ['akash'], { clear: 'gpu_utilization > 40%' });
  const plain = rule('plain', ['akash']);
  // A sample stays good for 18 hours: unknown on the fifth day.
  const evidence = recorded(daily('akash.gpu_utilization', [0.5, 0.1, 0.3, 0.5, null, 0.3]), [], DAY / 4);
  const instants = [...every(T0, T0 + 5 * DAY, DAY)];

  function seenBy(...rules: readonly ReturnType<typeof rule>[]) {
    const seen: string[] = [];
    const note = (cell: { key: string }, truth: string, now: number): void => {
      seen.push(`${cell.key} ${(now - T0) / DAY} ${truth}`);
    };
    return { steps: [...replay(bookOf(...rules), evidence, instants, note)], seen };
  }

  it('is told of each evaluation the truth of the condition', () => {
    const told = ['false', 'true', 'false', 'false', 'unknown', 'false'];
    expect(seenBy(plain).seen).toEqual(told.map((truth, day) => `plain/akash ${day} ${truth}`));
  });

  it('of a firing rule with a clear, the truth of what ends it', () => {
    // It fires from the first day on, and has cleared on the third.
    const told = ['false', 'true', 'false', 'true', 'unknown', 'false'];
    expect(seenBy(cleared).seen).toEqual(told.map((truth, day) => `cleared/akash ${day} ${truth}`));
  });

  it('is told of every rule and network at every instant, and changes nothing', () => {
    const everywhere = rule('everywhere', 'all');
    const { steps, seen } = seenBy(everywhere, plain);
    expect(new Set(seen).size).toBe(5 * instants.length);
    expect(steps).toEqual([...replay(bookOf(everywhere, plain), evidence, instants)]);
  });
});
