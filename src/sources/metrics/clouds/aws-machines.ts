/** The EC2 instance types that stand for GPUs, and the region whose prices are followed. */
import type { Machine } from './listed.ts';

export const AWS_REGION = 'us-east-1';

/** The smallest type that has the whole GPU; for those sold by eights the only one. p4de has the A100 of 80 GB, p4d that of 40. */
export const AWS_MACHINES: readonly Machine[] = [
  { gpu: 'h100', name: 'p5.48xlarge', gpus: 8 },
  { gpu: 'h200', name: 'p5en.48xlarge', gpus: 8 },
  { gpu: 'b200', name: 'p6-b200.48xlarge', gpus: 8 },
  { gpu: 'a100', name: 'p4de.24xlarge', gpus: 8 },
  { gpu: 'a100_40gb', name: 'p4d.24xlarge', gpus: 8 },
  { gpu: 'l40s', name: 'g6e.xlarge', gpus: 1 },
  { gpu: 'l4', name: 'g6.xlarge', gpus: 1 },
  { gpu: 'a10g', name: 'g5.xlarge', gpus: 1 },
  { gpu: 't4', name: 'g4dn.xlarge', gpus: 1 },
];
