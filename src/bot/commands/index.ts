/** Every command, in the order of the menu. A new one is a file beside this and a line here. */
import type { Command } from '../command.ts';
import { evidence } from './evidence.ts';
import { helpFor } from './help.ts';
import { sources } from './sources.ts';
import { subscribe } from './subscribe.ts';
import { subscriptions } from './subscriptions.ts';
import { tier } from './tier.ts';
import { tiers } from './tiers.ts';
import { unsubscribe } from './unsubscribe.ts';
import { why } from './why.ts';

const named: readonly Command[] = [tiers, tier, why, subscribe, unsubscribe, subscriptions, sources, ...evidence];

export const commands: readonly Command[] = [...named, helpFor(named)];
