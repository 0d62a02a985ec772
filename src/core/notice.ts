/** What admins are told about the bot itself: sources that went dark, figures in dispute. Never part of a judgement. */
import type { Instant } from './time.ts';

export type Notice = {
  /** Unique and readable, e.g. `dark-akash-20260711T040000Z`. */
  readonly id: string;
  readonly at: Instant;
  readonly kind: 'dark' | 'back' | 'blind' | 'sighted' | 'disputed' | 'agreed';
  /** One line: `akash has gone dark`. */
  readonly title: string;
  /** Why, since when, and what follows from it. */
  readonly says: readonly string[];
};
