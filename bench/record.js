/** The record that the benches judge: hourly figures that wander about a threshold, and the rules that watch it. */

const HOUR = 3_600_000;
const START = Date.UTC(2025, 0, 1);

export const NETWORKS = ['render', 'ionet', 'akash', 'bittensor', 'gensyn', 'nexus'];

/** The middle of a list of numbers. */
export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Numbers from 0 to 1 that look like chance and are the same at every run (Park and Miller's generator). */
function chance() {
  let state = 20_250_101;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** One figure an hour and subject between 0.05 and 0.95, in steps of up to 1%, pulled back towards 30%. */
export function hourly(subjects, metrics, hours) {
  const next = chance();
  return subjects.flatMap((subject) =>
    metrics.flatMap((metric) => {
      let value = 0.3;
      return Array.from({ length: hours }, (_, hour) => {
        value += (next() - 0.5) * 0.02 + (0.3 - value) * 0.002;
        value = Number(Math.min(Math.max(value, 0.05), 0.95).toFixed(4));
        return { series: `${subject}.${metric}`, at: START + hour * HOUR, value, source: 'bench' };
      });
    }),
  );
}

export function asCsv(samples) {
  const rows = samples.map(
    ({ series, at, value, source }) => `${new Date(at).toISOString()},${series.replace('.', ',')},${value},${source}\n`,
  );
  return `time,subject,metric,value,source\n${rows.join('').replaceAll('.000Z', 'Z')}`;
}

/**
 * Rules over windows of one, two, … days, which must hold as long as their window; from the 13th on over another value.
 * Their metric is one that no network works out of others.
 */
export function windowRules(count) {
  const rules = Array.from({ length: count }, (_, index) => {
    const days = (index % 12) + 1;
    return `  - id: r${index + 1}\n    networks: all\n    when: avg(sold_out_share, ${days}d) < ${index < 12 ? 30 : 32}%\n    for: ${days}d\n`;
  });
  return `rules:\n${rules.join('')}`;
}

/** The same rules and figures as promtool reads them: a rule file, and a test that expects nothing of the last hour. */
export function forPromtool(networks, samples, count) {
  const rules = Array.from({ length: count }, (_, index) => {
    const days = (index % 12) + 1;
    return `    - alert: r${index + 1}\n      expr: avg_over_time(sold_out_share[${days}d]) < 0.3\n      for: ${days}d\n`;
  });
  const series = networks.map((network) => {
    const values = samples.filter((sample) => sample.series === `${network}.sold_out_share`).map(({ value }) => value);
    return `    - series: sold_out_share{network="${network}"}\n      values: "${values.join(' ')}"\n`;
  });
  const last = samples.length / networks.length - 1;
  return {
    rules: `groups:\n - name: bench\n   rules:\n${rules.join('')}`,
    test: `rule_files: [rules.yml]
evaluation_interval: 1h
tests:
 - interval: 1h
   input_series:
${series.join('')}   alert_rule_test:
    - eval_time: ${last}h
      alertname: nothing
      exp_alerts: []
`,
  };
}
