/** Networks as people name them: by id, name or alias, in any case. */
import { z } from 'zod';
import type { Network } from '../core/ladder.ts';
import { nearest } from '../core/nearest.ts';
import { clip, plain } from './plain.ts';

/** Stands for every network, those added later included. */
export const ALL = 'all';

/** The network's name; an id that is not configured names itself. */
export function nameOf(networks: readonly Network[], id: string): string {
  return networks.find((network) => network.id === id)?.name ?? id;
}

/** Names in a row, at most `most` of them: `Akash, io.net and 4 more`. */
export function namesOf(networks: readonly Network[], ids: readonly string[], most = 12): string {
  const names = ids.map((id) => nameOf(networks, id));
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** An argument that names one network. */
export function oneNetwork(networks: readonly Network[], description: string) {
  return z.preprocess((value) => resolve(networks, value), oneOf(networks, [])).describe(description);
}

/** An argument that names networks, `all` where none is given; texts may hold several, with commas between. */
export function someNetworks(networks: readonly Network[], description: string) {
  const several = z
    .array(oneOf(networks, [ALL]))
    .min(1)
    .max(100);
  return z
    .preprocess((value) => listOf(value).map((one) => resolve(networks, one)), several)
    .default([ALL])
    .describe(description);
}

function listOf(value: unknown): readonly unknown[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) =>
    typeof one === 'string' ? one.split(',').filter((part) => part.trim() !== '') : [one],
  );
}

function oneOf(networks: readonly Network[], more: readonly string[]) {
  return z.enum([...networks.map((network) => network.id), ...more], {
    error: (issue) => unknownNetwork(networks, issue.input),
  });
}

/** The id meant, or the value as it was. */
function resolve(networks: readonly Network[], value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const said = fold(value);
  if (said === ALL) return ALL;
  const known = networks.find((network) =>
    [network.id, network.name, ...network.aliases].some((name) => fold(name) === said),
  );
  return known?.id ?? value;
}

function fold(name: string): string {
  return plain(name).normalize('NFKC').trim().toLowerCase();
}

function unknownNetwork(networks: readonly Network[], input: unknown): string {
  const known = `Known: ${networks.map((network) => network.name).join(', ')}.`;
  if (typeof input !== 'string' || plain(input).trim() === '') return `Name a network. ${known}`;
  const said = clip(plain(input).trim(), 40);
  const close = nearest(
    said,
    networks.flatMap((network) => [network.name, ...network.aliases]),
  );
  return `I know no network called “${said}”.${close === undefined ? '' : ` Did you mean ${close}?`} ${known}`;
}
