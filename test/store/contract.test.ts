/** The store contract, on the two stores there are. */

import { memoryStore } from '../../src/store/memory.ts';
import { describeStore } from '../contract/store.ts';
import { freshDir, openAt } from './facts.ts';

describeStore('a store in memory', async (options) => memoryStore(options));
describeStore('a store on disk', async (options) => openAt(await freshDir(), options));
