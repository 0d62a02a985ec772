/** Turns a parsed body into samples piece by piece: a broken field costs its own figures and never the others. */
import type { z } from 'zod';
import type { Dropped, Reading } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';

/** The value of one series: a schema of just the fields it needs, transformed into the metric's unit. */
export type Figures = Readonly<Record<string, z.ZodType<number>>>;

/** A sample for each figure the body holds, a reason for each it does not. */
export function readFigures(body: unknown, figures: Figures, source: string, at: Instant): Reading {
  const readings = Object.entries(figures).map(([series, schema]): Reading => {
    const read = readPiece(schema, body);
    if (!read.ok) return without(series, read.reason);
    if (!Number.isFinite(read.value)) return without(series, 'the figures add up to more than a number can hold');
    return { samples: [{ series, at, value: read.value, source }], articles: [], dropped: [] };
  });
  return join(readings);
}

export type Piece<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** Parses one part of a body; where it does not fit, the first thing wrong: `resources.gpu: expected object, …`. */
export function readPiece<T>(schema: z.ZodType<T>, value: unknown): Piece<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  const message = (issue?.message ?? 'it has another shape').replace(/^Invalid input: /, '');
  return { ok: false, reason: path === '' ? message : `${path}: ${message}` };
}

/** A reading without samples, and why. */
export function without(what: string, reason: string): Reading {
  return { samples: [], articles: [], dropped: [{ what, reason }] };
}

/** The same reason for each of several series. */
export function withoutAll(series: readonly string[], reason: string): Reading {
  return { samples: [], articles: [], dropped: series.map((what): Dropped => ({ what, reason })) };
}

export function join(readings: readonly Reading[]): Reading {
  return {
    samples: readings.flatMap((reading) => reading.samples),
    articles: readings.flatMap((reading) => reading.articles),
    dropped: readings.flatMap((reading) => reading.dropped),
  };
}
