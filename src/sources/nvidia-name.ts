/** Which GPU a name of NVIDIA's means, as drivers and marketplaces write it: `NVIDIA A100-SXM4-80GB`. */
import { type Bus, gpuId } from './gpus.ts';

type Card = {
  /** Lower case, without separators: `h100`, `rtx4090`. */
  readonly model: string;
  readonly bus: Bus;
  /** GB; null where the name does not say and the card is made in several sizes. */
  readonly memory: number | null;
};

/** GB of cards whose names leave them out, being made in one size only. An H100 without a bus may be any of several. */
const USUAL: ReadonlyMap<string, number> = new Map([
  ['h100 sxm', 80],
  ['h100 pcie', 80],
  ['h100 nvl', 94],
  ['h200', 141],
  ['h200 sxm', 141],
  ['h200 nvl', 141],
]);

/** The catalogue's id for a name; undefined where it names no followed card, or none for certain. */
export function nvidiaGpu(name: string): string | undefined {
  const card = readNvidiaName(name);
  return card === undefined ? undefined : gpuId(card.model, card.bus, card.memory ?? Number.NaN);
}

/**
 * Takes a name apart: a brand, a model, then bus, memory and kind of memory in any order. One word that is none of
 * these (`Ti`, `Laptop`, `MIG`, `Ada`) means another product: undefined, never the nearest card.
 */
export function readNvidiaName(name: string): Card | undefined {
  if (name.length > 100) return undefined;
  const words = name
    .trim()
    .toLowerCase()
    .split(/[\s_-]+/);
  while (words[0] === 'nvidia' || words[0] === 'geforce' || words[0] === 'tesla') words.shift();
  const series = words[0] === 'rtx' || words[0] === 'gtx' ? (words.shift() ?? '') : '';
  const number = words.shift() ?? '';
  const rest = words.map(readWord);
  const said: Word = Object.assign({}, ...rest);
  // An unknown word added nothing, and a second one of a sort has overwritten the first.
  if (number === '' || Object.keys(said).length !== rest.length) return undefined;
  const model = series + number;
  const bus = busOf(model, said);
  if (bus === undefined) return undefined;
  return { model, bus, memory: said.memory ?? USUAL.get(bus === null ? model : `${model} ${bus}`) ?? null };
}

type Word = { readonly bus?: 'sxm' | 'pcie' | 'nvl'; readonly memory?: number; readonly kind?: string };

function readWord(word: string): Word | undefined {
  const [, bus] = /^(sxm|pcie|nvl)\d?$/.exec(word) ?? [];
  if (bus === 'sxm' || bus === 'pcie' || bus === 'nvl') return { bus };
  const [, memory] = /^(\d{1,4})gb$/.exec(word) ?? [];
  if (memory !== undefined) return { memory: Number(memory) };
  return /^(hbm\d?e?|gddr\d?x?)$/.test(word) ? { kind: word } : undefined;
}

/** Drivers call the SXM card `H100 80GB HBM3`. Other H100s that tell their memory but not their bus are rare makes. */
function busOf(model: string, { bus, memory, kind }: Word): Bus | undefined {
  if (bus !== undefined) return bus;
  if (model !== 'h100' || kind === undefined) return null;
  return kind === 'hbm3' && memory === 80 ? 'sxm' : undefined;
}
