/** AWS spot prices, from the file behind AWS's own spot price page. */
import { z } from 'zod';
import type { Dropped, Request } from '../../core/ports.ts';
import { HOUR } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { join, type Piece, readPiece, withoutAll } from '../figures.ts';
import { readBody } from '../json.ts';
import { AWS_MACHINES, AWS_REGION } from './clouds/aws-machines.ts';
import { type Listed, type Machine, MOST_ROWS, nothingListed, pricePerGpu } from './clouds/listed.ts';

const ID = 'aws-spot';
/** Not spot.js beside it, which has a callback around it, and not the older one on S3, which stopped in May 2024. */
const FILE: Request = { url: 'https://website.spot.ec2.aws.a2z.com/spot.json' };
const SERIES = AWS_MACHINES.map(seriesOf);

const Body = z.object({
  config: z.object({
    rate: z.literal('perhr', { error: 'the prices are not by the hour' }),
    regions: z.array(z.unknown()),
  }),
});
const Region = z.object({ region: z.string() });
const Groups = z.object({ instanceTypes: z.array(z.unknown()) });
const Group = z.object({ sizes: z.array(z.unknown()) });
const Size = z.object({ size: z.string() });
const Columns = z.object({ valueColumns: z.array(z.unknown()) });
const Column = z.object({ name: z.string() });
/** Prices are text; small ones are written as `9.0E-4`. `N/A*` stands for what is not sold. */
const Usd = z
  .string()
  .refine((text) => text !== 'N/A*', 'AWS sells none just now (N/A*)')
  .refine((text) => text === 'N/A*' || /^\d{1,6}(\.\d{1,10})?(E-?\d{1,2})?$/.test(text), 'is no price')
  .transform(Number)
  .refine((price) => price > 0, 'is 0');
const Price = z.object({ prices: z.object({ USD: Usd }) });

/** Linux in us-east-1, at the instant the file last changed: AWS renews it every hour. */
export function awsSpot({ every = HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'AWS spot prices',
    homepage: 'https://aws.amazon.com/ec2/spot/pricing/',
    about:
      'What a GPU-hour costs at AWS in us-east-1 where AWS may take the instance back: its price shared among its GPUs.',
    terms: 'The file that AWS shows on its public price page; nothing is said about programs that ask for it.',
    key: null,
    limits: 'About 3 MB, renewed every hour.',
    least: HOUR,
    confidence: 'medium',
    caveats: [
      'AWS documents neither the file nor its shape.',
      'It has one price a region, where AWS has one for each zone.',
    ],
    every,
    series: SERIES.map((id) => ({ id, refresh: HOUR })),
    requests: () => [FILE],
    parse: (reply, _request, now) => {
      const body = readBody(reply, Body);
      if (!body.ok) return withoutAll(SERIES, body.reason);
      const sizes = sizesOf(body.value.config.regions);
      if (!sizes.ok) return withoutAll(SERIES, sizes.reason);
      const at = reply.modified ?? now;
      const { rows, dropped } = sizes.value;
      const listed = pricesOf(rows, dropped);
      const readings = AWS_MACHINES.map((machine) => {
        const own = listed.get(machine.name) ?? nothingListed();
        return pricePerGpu(seriesOf(machine), machine, own, `for Linux in ${AWS_REGION}`, { at, source: ID });
      });
      return join([...readings, { samples: [], articles: [], dropped }]);
    },
  };
}

function seriesOf({ gpu }: Machine): string {
  return `aws.${gpu}_spot_price`;
}

type Row = { readonly where: string; readonly row: unknown };
type Sizes = { readonly rows: readonly Row[]; readonly dropped: Dropped[] };

/** The sizes of the region, whatever group AWS puts them in; a size may stand there twice. */
function sizesOf(regions: readonly unknown[]): Piece<Sizes> {
  const rows: Row[] = [];
  const dropped: Dropped[] = [];
  const among = <T>(schema: z.ZodType<T>, { where, row }: Row): T | undefined => {
    const read = readPiece(schema, row);
    if (!read.ok) dropped.push({ what: where, reason: read.reason });
    return read.ok ? read.value : undefined;
  };
  for (const [r, row] of regions.entries()) {
    const where = `config.regions.${r}`;
    if (among(Region, { where, row })?.region !== AWS_REGION) continue;
    for (const [g, group] of (among(Groups, { where, row })?.instanceTypes ?? []).entries()) {
      const inside = `${where}.instanceTypes.${g}`;
      const sizes = among(Group, { where: inside, row: group })?.sizes ?? [];
      if (rows.length + sizes.length > MOST_ROWS) return { ok: false, reason: `has more than ${MOST_ROWS} sizes` };
      for (const [s, size] of sizes.entries()) rows.push({ where: `${inside}.sizes.${s}`, row: size });
    }
  }
  return { ok: true, value: { rows, dropped } };
}

function pricesOf(rows: readonly Row[], dropped: Dropped[]): ReadonlyMap<string, Listed> {
  const listed = new Map(AWS_MACHINES.map(({ name }) => [name, nothingListed()]));
  for (const { where, row } of rows) {
    const size = readPiece(Size, row);
    if (!size.ok) dropped.push({ what: where, reason: size.reason });
    else readSize(row, where, listed.get(size.value.size));
  }
  return listed;
}

/** Undefined stands for a size that is not followed. */
function readSize(row: unknown, where: string, listed: Listed | undefined): void {
  if (listed === undefined) return;
  const columns = readPiece(Columns, row);
  if (!columns.ok) return void listed.faults.push(`${where}: ${columns.reason}`);
  for (const [index, column] of columns.value.valueColumns.entries()) {
    const named = readPiece(Column, column);
    if (named.ok && named.value.name !== 'linux') continue;
    const price = named.ok ? readPiece(Price, column) : named;
    if (price.ok) listed.prices.add(price.value.prices.USD);
    else listed.faults.push(`${where}.valueColumns.${index}: ${price.reason}`);
  }
}
