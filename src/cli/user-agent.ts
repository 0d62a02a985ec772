/** How Tierwatch names itself to the servers it asks. */
import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

export const USER_AGENT = `tierwatch/${version} (alerting bot for decentralized GPU networks)`;
