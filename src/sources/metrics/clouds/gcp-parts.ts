/** What Google's H100 machine is made of, and what its parts are called in the price list. */

export const GCP_REGION = 'us-central1';

export type Part = {
  /** For people. */
  readonly what: string;
  /** Of the price list's entry, whole. */
  readonly description: RegExp;
  readonly usage: readonly string[];
  /** How much of it the machine has. */
  readonly amount: number;
  /** By the unit that the entry is sold in: how much of it an hour's price is for, in what `amount` counts. */
  readonly units: Readonly<Record<string, number>>;
};

/** Where an entry is sold: `Americas`, `Iowa`. No more words, since those that follow tell of other goods. */
const PLACE = '[A-Z][A-Za-z]{1,30}(?: [A-Z][A-Za-z]{0,30}){0,2}';
const OTHER_GOODS = '(?!.*\\b(?:DWS|Calendar|Reserved|Commitment|Sole)\\b)';
const HOURS_A_MONTH = 730;
/** GiB in a GB. */
const GIB = 1e9 / 2 ** 30;

function named(text: string, tail = ` running in ${PLACE}`): RegExp {
  return new RegExp(`^${OTHER_GOODS}${text}${tail}$`);
}

const HOURLY = { h: 1 };
const MEMORY = { 'GiBy.h': 1, 'GBy.h': GIB };
const DISK = { 'GiBy.mo': HOURS_A_MONTH, 'GiBy.h': 1 };
/** Its local disks cannot be left away; Google's price of the whole machine has them in. Their place may be missing. */
const ANYWHERE = `(?: (?:running )?in ${PLACE})?`;

/** a3-highgpu-8g: 8 H100 of 80 GB, 208 cores, 1872 GiB, 16 disks of 375 GiB. Not a3-megagpu, whose GPUs are `H100 80GB Mega` or `Plus`. */
export const H100_MACHINE: {
  readonly gpus: number;
  readonly onDemand: readonly Part[];
  readonly spot: readonly Part[];
} = {
  gpus: 8,
  onDemand: partsOf(['OnDemand'], ['OnDemand'], {
    gpu: named('Nvidia H100 80GB GPU'),
    core: named('A3 Instance Core'),
    memory: named('A3 Instance Ram'),
    disk: named('SSD backed Local Storage', ANYWHERE),
  }),
  // Accounts differ on the usage that Google files the disks of spot machines under; their description says enough.
  spot: partsOf(['Preemptible'], ['Preemptible', 'OnDemand'], {
    gpu: named('Nvidia H100 80GB GPU attached to Spot Preemptible VMs'),
    core: named('Spot Preemptible A3 Instance Core'),
    memory: named('Spot Preemptible A3 Instance Ram'),
    disk: named('SSD backed Local Storage attached to Spot Preemptible VMs', ANYWHERE),
  }),
};

type Descriptions = { readonly [part in 'gpu' | 'core' | 'memory' | 'disk']: RegExp };

function partsOf(usage: readonly string[], diskUsage: readonly string[], is: Descriptions): readonly Part[] {
  return [
    { what: 'H100 GPU', description: is.gpu, usage, amount: 8, units: HOURLY },
    { what: 'A3 core', description: is.core, usage, amount: 208, units: HOURLY },
    { what: 'A3 memory', description: is.memory, usage, amount: 1872, units: MEMORY },
    { what: 'local disk', description: is.disk, usage: diskUsage, amount: 16 * 375, units: DISK },
  ];
}
