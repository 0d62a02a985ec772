/** How many GPUs of each model are online on Akash, and how many are leased: its console's list by machine. */
import { z } from 'zod';
import type { Dropped, Reading } from '../../../core/ports.ts';
import type { Sample } from '../../../core/series.ts';
import type { Instant } from '../../../core/time.ts';
import { type Piece, readPiece, withoutAll } from '../../figures.ts';
import { GPU_IDS } from '../../gpus.ts';
import { cardOf, isNvidia, MOST_ROWS } from './card.ts';
import { AliveCount, type Endpoint, endpointOf } from './console.ts';
import { seriesOf, unlisted } from './grid.ts';

export const FLEET = ['akash.<gpu>_total', 'akash.<gpu>_leased', 'akash.<gpu>_utilization'];

const Details = z.object({ gpus: z.object({ details: z.record(z.string(), z.unknown()) }) });
const Rows = z.array(z.unknown()).max(MOST_ROWS);
const Total = z.object({ allocatable: AliveCount }).transform((row) => row.allocatable);
const Leased = z.object({ allocated: z.int().nonnegative() }).transform((row) => row.allocated);

/** The body has no time: counts hold at `now`. */
export function fleetEndpoint(source: string): Endpoint {
  return endpointOf('/gpu', FLEET, (body, now) => readFleet(body, source, now));
}

/** Of one row or of all rows of a card; a reason where a row of it could not be read, since the sum would lack it. */
type Fleet = { readonly total: Piece<number>; readonly leased: Piece<number> };

/** Total, leased and the share of it, by card: the sum over all rows that are the same card. */
function readFleet(body: unknown, source: string, now: Instant): Reading {
  const details = readPiece(Details, body);
  if (!details.ok) return withoutAll(FLEET, details.reason);
  const fleets = new Map<string, Fleet>();
  for (const [vendor, list] of Object.entries(details.value.gpus.details)) {
    if (!isNvidia(vendor)) continue;
    const rows = readPiece(Rows, list);
    if (!rows.ok) return withoutAll(FLEET, `gpus.details.${vendor}: ${rows.reason}`);
    addRows(fleets, rows.value, `gpus.details.${vendor}`);
  }
  const samples: Sample[] = [];
  const dropped: Dropped[] = [];
  for (const gpu of GPU_IDS) {
    const fleet = fleets.get(gpu);
    const pieces = fleet === undefined ? [] : [fleet.total, fleet.leased, utilizationOf(fleet)];
    for (const [index, piece] of pieces.entries()) {
      const series = seriesOf(FLEET[index] ?? '', gpu);
      if (piece.ok) samples.push({ series, at: now, value: piece.value, source });
      else dropped.push({ what: series, reason: piece.reason });
    }
  }
  return { samples, articles: [], dropped: [...dropped, ...unlisted(FLEET, (gpu) => fleets.has(gpu))] };
}

/** Adds the rows of one vendor. One that is there twice counts once; one that may be a card spoils that card's sum. */
function addRows(fleets: Map<string, Fleet>, rows: readonly unknown[], where: string): void {
  const seen = new Map<string, string>();
  for (const [index, row] of rows.entries()) {
    const card = cardOf(row);
    if (card.kind === 'other') continue;
    if (card.kind === 'unclear') {
      for (const gpu of card.gpus) fleets.set(gpu, spoilt(`${where}.${index}: ${card.reason}`));
      continue;
    }
    const own: Fleet = { total: readPiece(Total, row), leased: readPiece(Leased, row) };
    const [before, figures] = [seen.get(card.form), JSON.stringify(own)];
    seen.set(card.form, figures);
    if (before === figures) continue;
    const sum = before === undefined ? fleets.get(card.gpu) : spoilt(`${where}.${index} is there twice, and differs`);
    fleets.set(card.gpu, sum === undefined ? own : added(sum, own));
  }
}

function spoilt(reason: string): Fleet {
  return { total: { ok: false, reason }, leased: { ok: false, reason } };
}

function added(sum: Fleet, row: Fleet): Fleet {
  return { total: plus(sum.total, row.total), leased: plus(sum.leased, row.leased) };
}

function plus(a: Piece<number>, b: Piece<number>): Piece<number> {
  if (!a.ok) return a;
  return b.ok ? { ok: true, value: a.value + b.value } : b;
}

/** More may be allocated than is allocatable, as when a GPU fails under a lease; a share above 1 would say nothing. */
function utilizationOf({ total, leased }: Fleet): Piece<number> {
  if (!total.ok) return total;
  if (!leased.ok) return leased;
  if (leased.value <= total.value) return { ok: true, value: leased.value / total.value };
  return { ok: false, reason: `${leased.value} are leased of ${total.value}: more than there are` };
}
