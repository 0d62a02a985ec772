/** Which GPU a listing means, in the catalogue's words: a price is comparable only between equal cards. */

/** How a card is attached; null where the listing does not say. */
export type Bus = 'sxm' | 'pcie' | 'nvl' | null;

type Gpu = {
  /** As in `<gpu>_price`. */
  readonly id: string;
  /** Lower case, without separators. */
  readonly model: string;
  /** Attachments that count as this card. */
  readonly buses: readonly Bus[];
  /** GB that tell it from its namesakes; null where any will do. */
  readonly memory: number | null;
};

/** H100 and A100 mean the SXM cards; an unnamed bus counts as SXM. NVL cards and the A100 PCIe 80 GB have no metric. */
const GPUS: readonly Gpu[] = [
  { id: 'h100', model: 'h100', buses: ['sxm', null], memory: 80 },
  { id: 'h100_pcie', model: 'h100', buses: ['pcie'], memory: 80 },
  { id: 'h200', model: 'h200', buses: ['sxm', null], memory: 141 },
  { id: 'b200', model: 'b200', buses: ['sxm', null], memory: null },
  { id: 'a100', model: 'a100', buses: ['sxm', null], memory: 80 },
  { id: 'a100_40gb', model: 'a100', buses: ['sxm', null], memory: 40 },
  { id: 'l40s', model: 'l40s', buses: ['pcie', null], memory: null },
  { id: 'l4', model: 'l4', buses: ['pcie', null], memory: null },
  { id: 't4', model: 't4', buses: ['pcie', null], memory: null },
  { id: 'rtx4090', model: 'rtx4090', buses: ['pcie', null], memory: null },
  { id: 'rtx3090', model: 'rtx3090', buses: ['pcie', null], memory: null },
];

export const GPU_IDS: readonly string[] = GPUS.map((gpu) => gpu.id);

/** Whether any metric follows some card of this model. */
export function isFollowed(model: string): boolean {
  return GPUS.some((gpu) => gpu.model === plain(model));
}

/** The catalogue's id for a card, or undefined where no metric stands for it. `memory` is in GB. */
export function gpuId(model: string, bus: Bus, memory: number): string | undefined {
  return GPUS.find(
    (gpu) => gpu.model === plain(model) && gpu.buses.includes(bus) && (gpu.memory === null || gpu.memory === memory),
  )?.id;
}

function plain(model: string): string {
  return model.toLowerCase().replace(/[\s_-]/g, '');
}
