/** Every metric source there is: one line for each built-in one, and how the owner's entries become sources. */
import type { Source } from '../core/ports.ts';
import type { BuiltInSource, DeclaredSource } from '../core/settings.ts';
import type { Duration } from '../core/time.ts';
import { akash } from './metrics/akash.ts';
import { coingecko } from './metrics/coingecko.ts';
import { declared } from './metrics/declared.ts';
import { defillama } from './metrics/defillama.ts';
import { gpurentalprices } from './metrics/gpurentalprices.ts';

/** Makes a built-in source; without `every` it keeps its own pace. */
export type BuiltIn = (options: { readonly every?: Duration }) => Source;

/** By id. A new source is one file and one line here. */
export const BUILT_IN: Readonly<Record<string, BuiltIn>> = { akash, defillama, coingecko, gpurentalprices };

/** The sources of `sources.yaml` that are switched on, and the ids that name none. */
export function buildSources(config: readonly (DeclaredSource | BuiltInSource)[]): {
  readonly sources: readonly Source[];
  readonly unknown: readonly string[];
} {
  const sources: Source[] = [];
  const unknown: string[] = [];
  for (const entry of config) {
    if (!entry.enabled) continue;
    const source = 'json' in entry ? declared(entry) : builtIn(entry);
    if (source === undefined) unknown.push(entry.id);
    else sources.push(source);
  }
  return { sources, unknown };
}

function builtIn({ id, every }: BuiltInSource): Source | undefined {
  const create = Object.hasOwn(BUILT_IN, id) ? BUILT_IN[id] : undefined;
  return create?.(every === undefined ? {} : { every });
}
