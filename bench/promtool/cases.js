/** Random rules over random series, each rule written in the rule language and as a Prometheus alert. */
import { DAY, HOUR, METRICS, START, series } from './series.js';
import { literal, term } from './terms.js';

const MINUTE = HOUR / 60;
/** Cases that one run of the rules shares: one evaluation interval, one file. */
const BATCH = 25;
const OPPOSITE = { '<': '>=', '>=': '<', '>': '<=', '<=': '>' };

/** Batches of cases, numbered from 1; the same dice give the same cases. */
export function batches(count, dice) {
  const result = [];
  for (let from = 0; from < count; from += BATCH) {
    const every = dice.pick([20, 30, 60]) * MINUTE;
    const size = Math.min(BATCH, count - from);
    result.push(Array.from({ length: size }, (_, index) => oneCase(from + index + 1, every, dice)));
  }
  return result;
}

/**
 * One rule and its series. `when` is its condition in the rule language, `expr` in PromQL; `every` how often it is
 * evaluated. Durations are in milliseconds.
 */
function oneCase(number, every, dice) {
  const label = `{case="${number}"}`;
  const drawn = new Map();
  const draw = (metric) => {
    if (!drawn.has(metric)) drawn.set(metric, series(metric, dice));
    return drawn.get(metric);
  };
  const { ours, prom } = tree(2, { label, draw, dice });
  return {
    number,
    when: ours,
    expr: `(${prom(false)}) and on () (vector(time()) >= ${START / 1000})`,
    for: duration(dice),
    keepFiringFor: duration(dice),
    every,
    series: new Map([...drawn].map(([metric, { values }]) => [metric, values])),
  };
}

function duration({ pick }) {
  return pick([0, 0, HOUR, 90 * MINUTE, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY]);
}

/** A condition; `prom` is told whether to write it or its opposite, for PromQL has no `not`. */
function tree(depth, world) {
  const { toss, pick } = world.dice;
  if (depth === 0 || toss() < 0.4) return comparison(world);
  if (toss() < 0.25) {
    const of = tree(depth - 1, world);
    return { ours: `not (${of.ours})`, prom: (opposite) => of.prom(!opposite) };
  }
  const [op, dual] = pick([
    ['and', 'or'],
    ['or', 'and'],
  ]);
  const [left, right] = [tree(depth - 1, world), tree(depth - 1, world)];
  return {
    ours: `(${left.ours}) ${op} (${right.ours})`,
    prom: (opposite) => `(${left.prom(opposite)}) ${opposite ? dual : op} (${right.prom(opposite)})`,
  };
}

function comparison({ label, draw, dice }) {
  const op = dice.pick(Object.keys(OPPOSITE));
  const [left, right] = sides((metric) => ({ metric, label, period: draw(metric).period }), dice);
  return {
    ours: `${left.ours} ${op} ${right.ours}`,
    prom: (opposite) => `${left.prom} ${opposite ? OPPOSITE[op] : op} ${right.prom}`,
  };
}

const LEVELS = ['newest', 'avg', 'median', 'last', 'min', 'max'];

/** What is compared: mostly a term with a number; else a quotient, a spread, or a term with a share of another. */
function sides(of, dice) {
  const { between, pick, toss } = dice;
  const metric = pick(Object.keys(METRICS));
  const form = toss();
  if (form < 0.1) {
    const [a, b] = ['gpus_leased', 'gpus_total'].map((one) => term(of(one), dice, LEVELS));
    return [join(a, '/', b), literal(between(0.35, 0.65), '%')];
  }
  if (form < 0.2) {
    const [high, low] = ['max', 'min'].map((name) => term(of(metric), dice, [name]));
    return [join(high, '-', low), literal(between(0.3, 1.8) * METRICS[metric].swing, high.sign)];
  }
  if (form < 0.3) {
    const [left, right] = [term(of(metric), dice, LEVELS), term(of(metric), dice, ['avg', 'median'])];
    return [left, join(literal(between(0.8, 1.2), '%'), '*', right)];
  }
  const left = term(of(metric), dice);
  return [left, literal(left.centre + between(-1, 1) * left.width, left.sign)];
}

function join(a, op, b) {
  return { ours: `${a.ours} ${op} ${b.ours}`, prom: `${a.prom} ${op} ${b.prom}` };
}
