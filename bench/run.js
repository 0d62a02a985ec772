/** `npm run bench`: every benchmark in turn; exit code 1 where a figure is out of its bound. */
import { run as classify } from './classify.js';
import { run as commit } from './commit.js';
import { run as cycle } from './cycle.js';
import { run as engines } from './engines.js';
import { run as feeds } from './feeds.js';
import { run as intake } from './intake.js';
import { run as live } from './live.js';
import { run as pause } from './pause.js';
import { run as stories } from './stories.js';
import { run as year } from './year.js';

const benches = { commit, cycle, intake, stories, year, live, pause, engines, feeds, classify };
const chosen = process.argv.slice(2);
let within = true;
for (const [name, run] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n${name}`);
  within = (await run((line) => console.log(line))) && within;
}
process.exitCode = within ? 0 : 1;
