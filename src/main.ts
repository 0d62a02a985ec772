#!/usr/bin/env node
/** The program: names the commands and their options; each loads only when it is called. */
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { type Io, UsageError } from './cli/io.ts';
import { loadDotEnv } from './cli/secrets.ts';
import { StartupError } from './core/ports.ts';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  cwd: process.cwd(),
  columns: process.stdout.isTTY ? (process.stdout.columns ?? 80) : null,
};

const CONFIG = [
  '--config <dir>',
  'configuration directory (default: TIERWATCH_CONFIG, ./config, or the shipped one)',
] as const;
const JSON_LINES = ['--json', 'one JSON object a line, for programs'] as const;

function program(run: (work: () => Promise<number>) => Promise<void>): Command {
  const tierwatch = new Command('tierwatch')
    .description('Watches decentralized GPU networks and tells when a tier should move, and why.')
    .version(version)
    .showHelpAfterError('(tierwatch --help lists the commands, tierwatch <command> --help explains one)')
    .exitOverride();

  tierwatch
    .command('start')
    .description('poll the live sources, judge, and answer in Discord and Telegram')
    .option(...CONFIG)
    .option('--data <dir>', 'data directory (default: TIERWATCH_DATA or ./data)')
    .addHelpText(
      'after',
      '\nTokens come from DISCORD_TOKEN and TELEGRAM_TOKEN, or from files named in DISCORD_TOKEN_FILE and\nTELEGRAM_TOKEN_FILE; a .env file is read. Without a token alerts are printed here.\n\nExample: DISCORD_TOKEN_FILE=/run/secrets/discord tierwatch start --data /var/lib/tierwatch',
    )
    .action((options) => run(async () => (await import('./cli/start.ts')).runStart(options, io)));
  tierwatch
    .command('demo')
    .description('replay recorded figures and reports, no token and no internet needed')
    .option(...CONFIG)
    .option('--from <date>', 'first day, e.g. 2024-06-01')
    .option('--to <date>', 'last day')
    .option('--speed <days>', 'simulated days a second, 0 for no pauses (default: 250 on a terminal, else 0)')
    .option(...JSON_LINES)
    .addHelpText('after', '\nExample: tierwatch demo --from 2024-06-01 --to 2025-06-30 --speed 0')
    .action((options) => run(async () => (await import('./cli/demo.ts')).runDemo(options, io)));
  tierwatch
    .command('check')
    .description('read the configuration and print everything that is wrong with it')
    .option(...CONFIG)
    .option(...JSON_LINES)
    .addHelpText('after', '\nExample: tierwatch check --config /etc/tierwatch')
    .action((options) => run(async () => (await import('./cli/check.ts')).runCheck(options, io)));
  tierwatch
    .command('probe')
    .description('poll sources once and print what each gives and what is dropped; nothing is recorded for the rules')
    .argument('[sources...]', 'ids of sources or feeds (default: all of the configuration)')
    .option(...CONFIG)
    .option('--record <dir>', 'keep every answer in this directory, keys and tokens removed')
    .option(...JSON_LINES)
    .addHelpText(
      'after',
      '\nKeys come from the environment, such as LAMBDA_API_KEY, or from files named in LAMBDA_API_KEY_FILE. Exit code 1\nwhere an enabled source gave nothing usable.\n\nExamples:\n  tierwatch probe akash coingecko\n  tierwatch probe --json | jq \'select(.verdict != "ok")\'\n  tierwatch probe akash --record answers',
    )
    .action((sources, options) =>
      run(async () => (await import('./cli/probe.ts')).runProbe({ ...options, sources }, io)),
    );
  tierwatch
    .command('import')
    .description('put recorded history into the data directory, from files or as sources tell it')
    .argument('[files...]', 'CSV files time,subject,metric,value,source')
    .option('--from <source...>', 'ask these sources for their past; what is recorded stays as it is')
    .option(...CONFIG)
    .option('--data <dir>', 'data directory of a service at rest (default: TIERWATCH_DATA or ./data)')
    .option(...JSON_LINES)
    .addHelpText(
      'after',
      '\nStop the service first. A file with a line that cannot be read is refused whole, and nothing is imported; figures\nthat cannot be true are dropped and told. Rules see the rest at the next start; a second import changes nothing.\n\nExamples:\n  tierwatch import history/*.csv --data /var/lib/tierwatch\n  tierwatch import --from akash defillama',
    )
    .action((files, options) =>
      run(async () => (await import('./cli/import.ts')).runImport({ ...options, files }, io)),
    );
  tierwatch
    .command('scenarios')
    .description("run the rules' own tests and show what was seen where one fails")
    .argument('[files...]', 'rule files (default: those of the configuration)')
    .option(...CONFIG)
    .option('--rule <id>', 'only the scenarios of this rule')
    .option(...JSON_LINES)
    .addHelpText('after', '\nExample: tierwatch scenarios config/rules/spillover.yaml --rule spillover-drying-up')
    .action((files, options) =>
      run(async () => (await import('./cli/scenarios.ts')).runScenarios({ ...options, files }, io)),
    );
  tierwatch
    .command('backtest')
    .description('judge recorded history with the rules and print what they would have done')
    .requiredOption('--history <file...>', 'CSV files time,subject,metric,value,source; may be repeated')
    .option(...CONFIG)
    .option('--rules <file...>', 'rule files instead of those of the configuration')
    .option('--from <date>', 'first evaluation (default: the first sample)')
    .option('--to <date>', 'last evaluation (default: the last sample)')
    .option('--step <duration>', 'time between evaluations', '1h')
    .option('--png <dir>', 'draw a picture for each rule and network into this directory')
    .option('--compare <file...>', 'judge a second time with these rule files and tell what differs')
    .option(...JSON_LINES)
    .addHelpText(
      'after',
      '\nExamples:\n  tierwatch backtest --history history/*.csv --step 24h --png pictures\n  tierwatch backtest --history gcp.csv --rules spot.yaml --compare edited.yaml --from 2024-06-25 --json',
    )
    .action((options) => run(async () => (await import('./cli/backtest.ts')).runBacktest(options, io)));
  tierwatch
    .command('explain')
    .description('print where networks stand and why: each rule with its distance, its outlook and its verdict')
    .argument('[network]', 'id, name or alias (default: all networks)')
    .option('--history <file...>', 'judge these CSV files time,subject,metric,value,source')
    .option('--data <dir>', 'data directory of a service at rest (default: TIERWATCH_DATA or ./data, else the demo)')
    .option('--at <date>', 'as of this instant (default: the last judgement, or the last sample)')
    .option('--step <duration>', 'time between evaluations (default: 1h; of the demo 1d)')
    .option(...CONFIG)
    .option('--json', 'one JSON object a rule and network, for programs')
    .addHelpText('after', '\nExample: tierwatch explain render --history history/*.csv --at 2024-07-20')
    .action((network, options) =>
      run(async () => (await import('./cli/explain.ts')).runExplain({ ...options, network }, io)),
    );
  tierwatch
    .command('evidence')
    .description('list what admins corrected: articles marked as wrong, and reports that were added')
    .option(...CONFIG)
    .option('--data <dir>', 'data directory of a service at rest (default: TIERWATCH_DATA or ./data)')
    .option('--json', 'one labelled article a line: what is marked as wrong reports nothing')
    .addHelpText(
      'after',
      '\nStop the service first; while it runs, /evidence_list tells in chat. The lines of --json have the fields id, title,\nsummary, url, publisher, published, networks and events, and negative_kind where an article is marked as wrong.\n\nExample: tierwatch evidence --data /var/lib/tierwatch --json > labels.jsonl',
    )
    .action((options) => run(async () => (await import('./cli/evidence.ts')).runEvidence(options, io)));
  tierwatch
    .command('classify')
    .description('print what articles report, by the lexicon, with the words that convinced, and which tell one story')
    .argument(
      '[file]',
      'JSON lines {"id","title","summary","url","publisher","published"} (default: - for the standard input)',
    )
    .option(...CONFIG)
    .option('--score', 'score the labels of the lines ("events") instead of printing what was read')
    .option(...JSON_LINES)
    .addHelpText(
      'after',
      "\nNothing is fetched and nothing is recorded. Exit code 1 where a line cannot be read; the others are printed all the same.\n\nExamples:\n  tierwatch classify articles.jsonl\n  tierwatch classify - --json < articles.jsonl | jq 'select(.events != [])'\n  tierwatch evidence --json > marks.jsonl && tierwatch classify marks.jsonl --score",
    )
    .action((file, options) =>
      run(async () => (await import('./cli/classify.ts')).runClassify({ ...options, file }, io)),
    );
  return tierwatch;
}

/** Runs the command line; a mistake of the user or the operator is one line and exit code 1, never a stack. */
async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  try {
    loadDotEnv(io.cwd);
    await program(async (work) => {
      code = await work();
    }).parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    if (!(error instanceof UsageError) && !(error instanceof StartupError)) throw error;
    io.err(`tierwatch: ${error.message}\n`);
    return 1;
  }
  return code;
}

/** A reader that went away (`tierwatch demo | head`) is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const code = await main(process.argv);
// What was written is flushed first; then the end, which a name look-up under way would hold up by seconds.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
