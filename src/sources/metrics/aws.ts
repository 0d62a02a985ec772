/** AWS on demand, as the Karpenter project copies it from AWS's price API into a Go file. */
import type { Reading, Request } from '../../core/ports.ts';
import { DAY, HOUR, type Instant, parseInstant } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, type Piece, withoutAll } from '../figures.ts';
import { oddInstant } from '../instant.ts';
import { AWS_MACHINES, AWS_REGION } from './clouds/aws-machines.ts';
import { type Listed, type Machine, nothingListed, pricePerGpu } from './clouds/listed.ts';
import { readText } from './clouds/text.ts';

const ID = 'aws';
const FILE: Request = {
  url: 'https://raw.githubusercontent.com/aws/karpenter-provider-aws/main/pkg/providers/pricing/zz_generated.pricing_aws.go',
};
const SERIES = AWS_MACHINES.map(seriesOf);
/** The longest that the file was seen to stay as it is. */
const RENEWED = 28 * DAY;

/** Linux in us-east-1, at the instant the file was generated: every two to four weeks. */
export function aws({ every = 12 * HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'AWS on-demand prices (Karpenter)',
    homepage: 'https://aws.amazon.com/ec2/pricing/on-demand/',
    about: 'What a GPU-hour costs on demand at AWS in us-east-1: the price of an instance shared among its GPUs.',
    terms: 'A file of an Apache-2.0 project that AWS maintains.',
    key: null,
    limits: 'A file on GitHub, renewed every two to four weeks.',
    least: HOUR,
    confidence: 'high',
    caveats: [
      'Its figures count from when the file was generated, so they may be some weeks old.',
      'L4, L40S, A10G and T4 are priced by the smallest instance with a whole GPU; larger ones cost more for each.',
    ],
    every,
    series: SERIES.map((id) => ({ id, refresh: RENEWED })),
    requests: () => [FILE],
    parse: (reply, _request, now) => {
      const text = readText(reply);
      if (!text.ok) return withoutAll(SERIES, text.reason);
      const at = generatedAt(text.value, now);
      if (!at.ok) return withoutAll(SERIES, at.reason);
      const block = blockOf(text.value.replace(COMMENT, ''));
      return block.ok ? readBlock(block.value, at.value) : withoutAll(SERIES, block.reason);
    },
  };
}

function seriesOf({ gpu }: Machine): string {
  return `aws.${gpu}_price`;
}

const GENERATED = /\/\/ generated at (\S{1,40})/g;

/** From the comment at the top: `// generated at 2026-07-20T13:44:30Z for us-east-1`. */
function generatedAt(text: string, now: Instant): Piece<Instant> {
  const stamps = new Set(Array.from(text.matchAll(GENERATED), ([, stamp = '']) => stamp));
  const [stamp] = stamps;
  if (stamp === undefined) return { ok: false, reason: 'the file does not say when it was generated' };
  if (stamps.size > 1) return { ok: false, reason: `the file says ${stamps.size} times when it was generated` };
  const at = parseInstant(stamp);
  if (at === undefined) return { ok: false, reason: `the file was generated at ${JSON.stringify(stamp)}: no instant` };
  const odd = oddInstant(at, now);
  return odd === null ? { ok: true, value: at } : { ok: false, reason: `the file ${odd}` };
}

const COMMENT = /\/\/[^\n]*/g;
const OPENING = new RegExp(`"${AWS_REGION}"\\s{0,20}:\\s{0,20}\\{`, 'g');

/** What stands between the braces of the region. Other regions may stand before and after it. */
function blockOf(text: string): Piece<string> {
  const openings = [...text.matchAll(OPENING)];
  const [opening] = openings;
  if (opening === undefined) return { ok: false, reason: `the file has no prices of ${AWS_REGION}` };
  if (openings.length > 1)
    return { ok: false, reason: `the file has prices of ${AWS_REGION} ${openings.length} times` };
  const start = opening.index + opening[0].length;
  const end = text.indexOf('}', start);
  if (end === -1) return { ok: false, reason: `the prices of ${AWS_REGION} break off` };
  const block = text.slice(start, end);
  if (block.includes('{')) return { ok: false, reason: `the prices of ${AWS_REGION} are no plain list` };
  return { ok: true, value: block };
}

/** `"p5.48xlarge": 55.040000,`, the last comma being optional. Bounded, so that no text makes it go back and forth. */
const ENTRY = /"([^"\n]{1,60})"\s{0,20}:\s{0,20}([^\s,"]{1,40})\s{0,20}(?:,|$)/g;

function readBlock(block: string, at: Instant): Reading {
  const written = new Map<string, string[]>(AWS_MACHINES.map(({ name }) => [name, []]));
  for (const [, name = '', price = ''] of block.matchAll(ENTRY)) written.get(name)?.push(price);
  return join(
    AWS_MACHINES.map((machine) => {
      const listed = listedOf(machine, written.get(machine.name) ?? []);
      return pricePerGpu(seriesOf(machine), machine, listed, `in ${AWS_REGION}`, { at, source: ID });
    }),
  );
}

const USD = /^\d{1,6}(\.\d{1,12})?$/;

/** A Go map cannot name a key twice: where this one does, the file is damaged. */
function listedOf({ name }: Machine, written: readonly string[]): Listed {
  const [price, ...others] = written;
  if (price === undefined) return nothingListed();
  if (others.length > 0) return { prices: new Set(), faults: [`${name} is listed ${written.length} times`] };
  const fits = USD.test(price) && Number(price) > 0;
  if (fits) return { prices: new Set([Number(price)]), faults: [] };
  return { prices: new Set(), faults: [`${name} is listed at ${JSON.stringify(price)}, which is no price`] };
}
