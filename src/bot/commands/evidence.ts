/** `/evidence_…`: how admins correct what the outlets are taken to report. */
import type { Command } from '../command.ts';
import { add } from './evidence/add.ts';
import { list } from './evidence/list.ts';
import { undo } from './evidence/undo.ts';
import { wrong } from './evidence/wrong.ts';

export const evidence: readonly Command[] = [wrong, add, undo, list];
