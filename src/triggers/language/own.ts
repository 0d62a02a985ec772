/** A bare metric that some networks have a derived series of their own for: which one it means depends on the network judged. */
import type { Bounds } from './bounds.ts';
import type { Origin } from './origin.ts';
import type { Value } from './scene.ts';

/** What the name is worth: `own` of the network judged, or `rest`. All are in one unit. */
export function ownValue(own: ReadonlyMap<string, Value>, rest: Value): Value {
  const of = (network: string): Value => own.get(network) ?? rest;
  const all = [rest, ...own.values()];
  return {
    kind: rest.kind,
    text: rest.text,
    series: (network) => of(network).series(network),
    window: Math.max(...all.map(({ window }) => window ?? 0)),
    bounds: hull(all),
    value: (scene) => of(scene.network).value(scene),
    makeup: (scene) => of(scene.network).makeup?.(scene),
    maxAge: (scene) => of(scene.network).maxAge(scene),
    figure: (scene, kind, extra) => of(scene.network).figure(scene, kind, extra),
    noun: (scene) => of(scene.network).noun(scene),
    detail: (scene) => of(scene.network).detail(scene),
    readings: (scene) => of(scene.network).readings(scene),
  };
}

/** Where a function finds its figures. */
export function ownOrigin(own: ReadonlyMap<string, Origin>, rest: Origin): Origin {
  const of = (network: string): Origin => own.get(network) ?? rest;
  const all = [rest, ...own.values()];
  return {
    id: (network) => of(network).id(network),
    find: (scene, back) => of(scene.network).find(scene, back),
    maxAge: (series, network) => of(network).maxAge(series, network),
    unit: rest.unit,
    bounds: hull(all),
    window: Math.max(...all.map(({ window }) => window)),
    inputs: (scene) => of(scene.network).inputs?.(scene),
    absence: (scene) => of(scene.network).absence(scene),
    series: (network) => of(network).series(network),
  };
}

function hull(all: readonly { readonly bounds: Bounds }[]): Bounds {
  return [Math.min(...all.map(({ bounds }) => bounds[0])), Math.max(...all.map(({ bounds }) => bounds[1]))];
}
