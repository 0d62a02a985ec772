/** Checks within settings, networks and metrics what one schema cannot see: names that clash, and bounds. */
import { type Ladder, UNRATED } from '../core/ladder.ts';
import { catalogue } from '../core/metric.ts';
import { type Names, OTHERS } from '../core/names.ts';
import { type Metrics, membersOf, type Networks, type Settings } from '../core/settings.ts';
import { DAY, SECOND } from '../core/time.ts';
import { didYouMean } from './advice.ts';
import { duplicates, type Named, named } from './duplicates.ts';
import { checkTier } from './known.ts';
import type { Complaint, Problem } from './problem.ts';
import { within } from './within.ts';
import type { Path, YamlFile } from './yaml.ts';

/** The longest duration that makes sense anywhere: a hundred years. */
const AGES = 36_500 * DAY;

export function checkSettings(file: YamlFile, settings: Settings): readonly Problem[] {
  const reserved = settings.ladder.flatMap((tier, index) =>
    tier.id === UNRATED.id ? [file.problem(['ladder', index, 'id'], UNRATED_ON_LADDER)] : [],
  );
  return [
    ...duplicates('tier id', named(file, ['ladder'], settings.ladder)),
    ...reserved,
    ...within(file, ['tick'], settings.tick, SECOND, DAY),
    ...within(file, ['retention'], settings.retention, DAY, AGES),
    ...checkTimezone(file, settings.timezone),
  ];
}

const UNRATED_ON_LADDER: Complaint = {
  what: 'tier unrated stands on the ladder',
  expected: 'another id: unrated stands outside the ladder and always exists',
  todo: 'remove the entry or rename it',
};

function checkTimezone(file: YamlFile, timezone: string): readonly Problem[] {
  // Most write UTC, and the first look into the table of zones costs every start 12 ms.
  if (timezone === 'UTC') return [];
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
    return [];
  } catch {
    const known = ['UTC', ...Intl.supportedValuesOf('timeZone')];
    const complaint = {
      what: `timezone "${timezone}" is unknown`,
      expected: 'an IANA time zone such as UTC or Europe/Berlin',
      todo: didYouMean(timezone, known, 'write UTC if in doubt'),
    };
    return [file.problem(['timezone'], complaint)];
  }
}

export function checkNetworks(file: YamlFile, networks: Networks, ladder: Ladder | null): readonly Problem[] {
  const subjects = [
    ...named(file, ['networks'], networks.networks),
    ...named(file, ['clouds'], networks.clouds),
    ...named(file, ['references'], networks.references),
  ];
  const tiers = networks.networks.flatMap((network, index) =>
    ladder === null ? [] : checkTier(file, ['networks', index, 'tier'], network.tier, [...ladder, UNRATED]),
  );
  const clashes = [...duplicates('id', subjects), ...duplicates('name', calledNames(file, networks))];
  return [...onePerPlace(clashes), ...tiers, ...checkGroups(file, networks)];
}

/** A group has a name of its own and members that exist. */
function checkGroups(file: YamlFile, networks: Networks): readonly Problem[] {
  const subjects = [...networks.networks, ...networks.clouds, ...networks.references].map(({ id }) => id);
  const taken = [...subjects, ...GIVEN_GROUPS];
  return Object.entries(networks.groups).flatMap(([name, group]) => [
    ...checkQuorum(file, name, group),
    ...(GROUP_NAME.test(name) && !taken.includes(name) ? [] : [file.problem(['groups', name], groupName(name), 'key')]),
    ...membersOf(group).flatMap((id, index, all) => {
      const wrong = !subjects.includes(id) ? unknownMember(id, subjects) : all.indexOf(id) < index ? twice(id) : null;
      const path = ['groups', name, ...(Array.isArray(group) ? [] : ['members']), index];
      return wrong === null ? [] : [file.problem(path, wrong)];
    }),
  ]);
}

function unknownMember(id: string, subjects: readonly string[]): Complaint {
  const todo = didYouMean(id, subjects, 'add it under networks, clouds or references');
  return { what: `subject ${id} is unknown`, expected: 'a network, cloud or reference', todo };
}

function twice(id: string): Complaint {
  return {
    what: `${id} is named twice`,
    expected: 'each member once: its figure would count twice',
    todo: 'remove one',
  };
}

/** More members than there are never have a figure. */
function checkQuorum(file: YamlFile, name: string, group: Networks['groups'][string]): readonly Problem[] {
  const most = membersOf(group).length;
  if (Array.isArray(group) || group.atLeast <= most) return [];
  const complaint = {
    what: `atLeast is ${group.atLeast}, and ${name} has ${most} member${most === 1 ? '' : 's'}`,
    expected: most === 1 ? 'one member' : `a number from 1 to ${most}`,
    todo: `write ${most} or less, or add members`,
  };
  return [file.problem(['groups', name, 'atLeast'], complaint)];
}

/** What nobody publishes is named as rules and chats name it. */
export function checkUnavailable(file: YamlFile, { networks }: Networks, names: Names): readonly Problem[] {
  return networks.flatMap(({ id, unavailable = {} }, index) =>
    Object.keys(unavailable).flatMap((metric) => {
      if ([metric, `${id}.${metric}`].some((one) => names.catalogue.has(one) || names.derived.has(one))) return [];
      const known = [...names.catalogue.keys(), ...[...names.derived.keys()].filter((one) => !one.includes('.'))];
      const todo = didYouMean(metric, known, 'name a metric of metrics.yaml, or remove the line');
      const complaint = { what: `metric ${metric} is unknown`, expected: 'a metric of metrics.yaml', todo };
      return [file.problem(['networks', index, 'unavailable', metric], complaint, 'key')];
    }),
  );
}

const GROUP_NAME = /^[a-z][a-z0-9_]{0,31}$/;
/** Groups that are always there. */
const GIVEN_GROUPS = ['networks', 'clouds', OTHERS];

function groupName(name: string): Complaint {
  return GROUP_NAME.test(name)
    ? { what: `${name} is taken`, expected: 'a name of its own for a group', todo: 'rename the group' }
    : { what: `${name} is no name`, expected: 'lower-case letters, digits and _', todo: 'rename the group' };
}

/** Everything a network may be called by: one word must not mean two networks. */
function calledNames(file: YamlFile, networks: Networks): readonly Named[] {
  return networks.networks.flatMap((network, index) => {
    const at = ['networks', index];
    const own = new Map<string, Path>();
    const words = [
      { word: network.id, path: [...at, 'id'] },
      { word: network.name, path: [...at, 'name'] },
      ...network.aliases.map((word, place) => ({ word, path: [...at, 'aliases', place] })),
    ];
    for (const { word, path } of words) if (!own.has(word.toLowerCase())) own.set(word.toLowerCase(), path);
    return [...own].map(([id, path]) => ({ id, file, path }));
  });
}

export function checkMetrics(file: YamlFile, metrics: Metrics): readonly Problem[] {
  const gpus = metrics.gpus.map((id, index) => ({ id, file, path: ['gpus', index] }));
  const spelled = metrics.metrics.flatMap((metric, index) =>
    [...catalogue([metric], [...new Set(metrics.gpus)]).keys()].map((id) => ({
      id,
      file,
      path: ['metrics', index, 'id'],
    })),
  );
  const bounds = metrics.metrics.flatMap(({ range, maxAge }, index) => {
    const at = ['metrics', index];
    const upsideDown = range !== undefined && range[0] > range[1];
    return [
      ...(upsideDown ? [file.problem([...at, 'range'], upsideDownRange(range))] : []),
      ...(maxAge === undefined ? [] : within(file, [...at, 'maxAge'], maxAge, SECOND, AGES)),
    ];
  });
  return [...duplicates('GPU model', gpus), ...onePerPlace(duplicates('metric id', spelled)), ...bounds];
}

/** `<gpu>_price` written twice is one mistake, however many models there are; so is an id that is also a name. */
function onePerPlace(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ line, column }, index) => problems.findIndex((each) => each.line === line && each.column === column) === index,
  );
}

function upsideDownRange([low, high]: readonly [number, number]): Complaint {
  return { what: `range [${low}, ${high}] is empty`, expected: '[lowest, highest]', todo: `write [${high}, ${low}]` };
}
