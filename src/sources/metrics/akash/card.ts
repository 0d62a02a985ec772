/** Which card of the catalogue a row of Akash's console API is about. */
import { z } from 'zod';
import { readPiece } from '../../figures.ts';
import { type Bus, GPU_IDS, gpuId, isFollowed } from '../../gpus.ts';

type Card =
  /** `form` is the same for rows that mean the very same hardware. */
  | { readonly kind: 'followed'; readonly gpu: string; readonly form: string }
  /** One that no metric stands for: most of a list, and no fault. */
  | { readonly kind: 'other' }
  /** `gpus` are the cards that it may be. */
  | { readonly kind: 'unclear'; readonly gpus: readonly string[]; readonly reason: string };

/** A list of a few dozen cards is usual. */
export const MOST_ROWS = 20_000;

/** GPUs that nobody recognized have the vendor `<UNKNOWN>`. */
export function isNvidia(vendor: string): boolean {
  return vendor.toLowerCase() === 'nvidia';
}

const Named = z.object({ model: z.string() });
const Form = z.object({ ram: z.string(), interface: z.string() });

/** Reads `{ model: 'h100', ram: '80Gi', interface: 'SXM5' }` of a list of NVIDIA's cards. */
export function cardOf(row: unknown): Card {
  const named = readPiece(Named, row);
  if (!named.ok) return { kind: 'unclear', gpus: GPU_IDS, reason: named.reason };
  const { model } = named.value;
  if (!isFollowed(model)) return { kind: 'other' };
  const form = readPiece(Form, row);
  if (!form.ok) return { kind: 'unclear', gpus: gpusOf(model), reason: form.reason };
  const [bus, memory] = [busOf(form.value.interface), memoryOf(form.value.ram)];
  if (bus === undefined || memory === undefined)
    return { kind: 'unclear', gpus: gpusOf(model), reason: 'its interface or memory is written in an unknown way' };
  const gpu = gpuId(model, bus, memory);
  if (gpu === undefined) return { kind: 'other' };
  return { kind: 'followed', gpu, form: JSON.stringify([model, form.value.ram, form.value.interface]) };
}

/** `h100` as `h100` and `h100_pcie`: ids begin with their model. */
function gpusOf(model: string): readonly string[] {
  const id = model.toLowerCase().replace(/[\s_-]/g, '');
  return GPU_IDS.filter((gpu) => gpu === id || gpu.startsWith(`${id}_`));
}

/** `SXM4`, `SXM5`, `PCIe`. */
function busOf(text: string): Bus | undefined {
  const match = /^(sxm|pcie|nvl)/i.exec(text)?.[1]?.toLowerCase();
  return match === 'sxm' || match === 'pcie' || match === 'nvl' ? match : undefined;
}

/** `80Gi` as 80. */
function memoryOf(text: string): number | undefined {
  const match = /^(\d{1,4})Gi$/.exec(text);
  return match === null ? undefined : Number(match[1]);
}
