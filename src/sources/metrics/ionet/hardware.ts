/** The configurations of io.net's catalogue, each once, with the catalogue's id of their card. */
import { z } from 'zod';
import type { Reading } from '../../../core/ports.ts';
import { join, type Piece, readPiece, without } from '../../figures.ts';
import { type Bus, gpuId, isFollowed } from '../../gpus.ts';
import { readNvidiaName } from '../../nvidia-name.ts';
import { once } from '../../once.ts';

export type Configuration = {
  /** Null for a card that no metric stands for. */
  readonly gpu: string | null;
  readonly cards: number;
  /** USD an hour for all of them. */
  readonly price: number;
  readonly soldOut: boolean;
  /** That can be deployed; the list of machines does not tell it. */
  readonly replicas: number | undefined;
};

export type Hardware = {
  readonly configurations: readonly Configuration[];
  /** Cards of rows that could not be read, and are missing in every sum; null where not even the card is known. */
  readonly unread: ReadonlySet<string | null>;
  /** Why rows were not used. */
  readonly reasons: Reading;
};

const Body = z.object({ data: z.object({ hardware: z.array(z.unknown()).max(200_000) }) });
/** GB. */
const Memory = z.number().positive().max(10_000);
const Size = z.object({ id: z.string().min(1), name: z.string(), num_cards: z.int().nonnegative() });
const Card = z.object({ vram_per_card: Memory, interconnect: z.string().nullish() });
const Terms = z.object({
  price: z.number().nonnegative(),
  sold_out: z.boolean(),
  available_replicas: z.int().nonnegative().optional(),
});

/** Machines without a GPU, and cards without a price that nobody follows, are left out without a word. */
export function readHardware(body: unknown): Piece<Hardware> {
  const listing = readPiece(Body, body);
  if (!listing.ok) return listing;
  const unread = new Set<string | null>();
  const reasons: Reading[] = [];
  const rows: [string, Configuration][] = [];
  for (const [index, item] of listing.value.data.hardware.entries()) {
    const row = readRow(item);
    if (row.kind === 'used') rows.push([row.id, row.configuration]);
    if (row.kind === 'unread') unread.add(row.gpu);
    if (row.kind !== 'used' && row.reason !== null) reasons.push(without(`hardware.${index}`, row.reason));
  }
  const { kept, torn } = once(rows);
  for (const id of torn) {
    unread.add(null);
    reasons.push(without(`hardware ${id}`, 'is in the list twice, with different figures'));
  }
  return { ok: true, value: { configurations: [...kept.values()], unread, reasons: join(reasons) } };
}

type Row =
  | { readonly kind: 'used'; readonly id: string; readonly configuration: Configuration }
  | { readonly kind: 'left out'; readonly reason: string | null }
  | { readonly kind: 'unread'; readonly gpu: string | null; readonly reason: string };

function readRow(item: unknown): Row {
  const size = readPiece(Size, item);
  if (!size.ok) return { kind: 'unread', gpu: null, reason: size.reason };
  const { id, name, num_cards: cards } = size.value;
  const card = readCard(name, item);
  if (!card.ok) return { kind: 'unread', gpu: null, reason: card.reason };
  const gpu = card.value;
  if (cards === 0) return leftOut(gpu, 'num_cards: 0 cards of a GPU');
  const terms = readPiece(Terms, item);
  if (!terms.ok) return { kind: 'unread', gpu, reason: terms.reason };
  const { price, sold_out: soldOut, available_replicas: replicas } = terms.value;
  if (price === 0) return leftOut(gpu, 'price: 0 is no price');
  return { kind: 'used', id, configuration: { gpu, cards, price, soldOut, replicas } };
}

function leftOut(gpu: string | null, reason: string): Row {
  return { kind: 'left out', reason: gpu === null ? null : reason };
}

/** The catalogue's id; null where no metric stands for the card. */
function readCard(name: string, item: unknown): Piece<string | null> {
  const named = readNvidiaName(name);
  if (named === undefined || !isFollowed(named.model)) return { ok: true, value: null };
  const card = readPiece(Card, item);
  if (!card.ok) return card;
  const bus = busOf(card.value.interconnect ?? '');
  if (bus === undefined) return { ok: false, reason: 'interconnect: is written in an unknown way' };
  if (bus !== null && named.bus !== null && bus !== named.bus)
    return { ok: false, reason: 'interconnect: contradicts the name' };
  return { ok: true, value: gpuId(named.model, named.bus ?? bus, card.value.vram_per_card) ?? null };
}

/** `sxm5`, `pcie`, `nvl`; nothing where it is not told. */
function busOf(text: string): Bus | undefined {
  if (text === '') return null;
  const match = /^(sxm|pcie|nvl)\d?$/i.exec(text)?.[1]?.toLowerCase();
  return match === 'sxm' || match === 'pcie' || match === 'nvl' ? match : undefined;
}
