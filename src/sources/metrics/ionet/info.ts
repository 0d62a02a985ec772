/** io.net's network info: GPUs registered, verified and active, by field names that nobody has seen yet. */
import { z } from 'zod';
import type { Reading } from '../../../core/ports.ts';
import type { Instant } from '../../../core/time.ts';
import { join, readPiece, without, withoutAll } from '../../figures.ts';

type Names = {
  /** Names that say GPU; they count wherever they stand. */
  readonly full: readonly string[];
  /** Names that count only inside an object of GPUs: elsewhere they may count CPUs and phones, too. */
  readonly bare: readonly string[];
};

/** In the order that must rise from the last to the first: active, verified, registered. */
const FIGURES: Readonly<Record<string, Names>> = {
  'ionet.gpus_registered': {
    full: ['total_gpus', 'gpus_total', 'total_gpu', 'gpu_total', 'registered_gpus', 'gpus_registered'],
    bare: ['total', 'registered'],
  },
  'ionet.gpus_verified': {
    full: ['verified_gpus', 'gpus_verified', 'verified_gpu', 'gpu_verified'],
    bare: ['verified'],
  },
  'ionet.gpus_active': {
    full: [
      ...['active_gpus', 'gpus_active', 'active_gpu', 'gpu_active'],
      ...['cluster_ready_gpus', 'gpus_cluster_ready', 'cluster_ready_gpu', 'gpu_cluster_ready'],
    ],
    bare: ['active', 'cluster_ready'],
  },
};
export const INFO_SERIES: readonly string[] = Object.keys(FIGURES);

const SAVE_IT = 'the shape of this answer is not known: save it with `tierwatch probe ionet --record DIR`';

const Body = z.object({
  status: z.literal('succeeded', { error: 'is not "succeeded"' }).optional(),
  data: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).max(1000)]),
});
const Count = z.int().nonnegative();
const Fields = z.record(z.string(), z.unknown());

/** An object that may hold the figures. */
type Place = { readonly path: string; readonly fields: Readonly<Record<string, unknown>>; readonly gpus: boolean };
type Found = { readonly series: string; readonly value: number };

export function readInfo(body: unknown, source: string, now: Instant): Reading {
  const info = readPiece(Body, body);
  if (!info.ok) return withoutAll(INFO_SERIES, info.reason);
  const places = placesOf(info.value.data);
  const found = Object.entries(FIGURES).map(([series, names]) => find(series, names, places));
  const figures = found.flatMap((one) => ('value' in one ? [one] : []));
  const reasons = found.flatMap((one) => ('dropped' in one ? [one] : []));
  if (!figures.every(({ value }, at) => value <= (figures[at - 1]?.value ?? value)))
    return join([
      ...reasons,
      withoutAll(
        figures.map(({ series }) => series),
        `not active <= verified <= registered; ${SAVE_IT}`,
      ),
    ]);
  const samples = figures.map(({ series, value }) => ({ series, at: now, value, source }));
  return { ...join(reasons), samples };
}

/** `data` itself or, of a list of networks, the entry named io.net; and the object of GPUs in it. */
function placesOf(data: z.infer<typeof Body>['data']): readonly Place[] {
  const root = Array.isArray(data) ? ownEntry(data) : data;
  if (root === undefined) return [];
  const inner = ['gpus', 'gpu'].flatMap((key): Place[] => {
    const fields = Fields.safeParse(root[key]);
    return fields.success ? [{ path: `data.${key}`, fields: fields.data, gpus: true }] : [];
  });
  return [{ path: 'data', fields: root, gpus: false }, ...inner];
}

function ownEntry(networks: readonly unknown[]): Readonly<Record<string, unknown>> | undefined {
  const own = networks.flatMap((network) => {
    const { data } = Fields.safeParse(network);
    return data !== undefined && typeof data.name === 'string' && /^io\.?net$/i.test(data.name) ? [data] : [];
  });
  return own.length === 1 ? own[0] : undefined;
}

/** Exactly one of the names must be there: of two that fit, nobody knows which is meant. */
function find(series: string, names: Names, places: readonly Place[]): Found | Reading {
  const fitting = places.flatMap(({ path, fields, gpus }) =>
    [...names.full, ...(gpus ? names.bare : [])]
      .filter((name) => Object.hasOwn(fields, name))
      .map((name) => ({ path: `${path}.${name}`, value: fields[name] })),
  );
  const [one, other] = fitting;
  if (one === undefined) return without(series, `no field such as ${names.full[0]} is in it; ${SAVE_IT}`);
  if (other !== undefined) return without(series, `${one.path} and ${other.path} both fit; ${SAVE_IT}`);
  const count = readPiece(Count, one.value);
  return count.ok ? { series, value: count.value } : without(series, `${one.path}: ${count.reason}`);
}
