import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GPU_IDS } from '../../src/sources/gpus.ts';
import { nvidiaGpu, readNvidiaName } from '../../src/sources/nvidia-name.ts';

describe('names as drivers and marketplaces write them', () => {
  test.each([
    ['NVIDIA H100 80GB HBM3', 'h100'],
    ['NVIDIA H100-SXM5-80GB', 'h100'],
    ['H100 SXM', 'h100'],
    ['NVIDIA-H100-80GB-HBM3', 'h100'],
    ['NVIDIA H100 PCIe', 'h100_pcie'],
    ['NVIDIA H200', 'h200'],
    ['NVIDIA H200 141GB HBM3e', 'h200'],
    ['NVIDIA B200', 'b200'],
    ['NVIDIA A100-SXM4-80GB', 'a100'],
    ['NVIDIA A100-SXM4-40GB', 'a100_40gb'],
    ['NVIDIA L40S', 'l40s'],
    ['NVIDIA L4', 'l4'],
    ['Tesla T4', 't4'],
    ['NVIDIA GeForce RTX 4090', 'rtx4090'],
    ['RTX_4090', 'rtx4090'],
    ['RTX4090', 'rtx4090'],
    ['  nvidia geforce rtx 3090  ', 'rtx3090'],
  ])('%s is %s', (name, gpu) => {
    expect(nvidiaGpu(name)).toBe(gpu);
  });
});

describe('names of another card, or of none for certain', () => {
  test.each([
    'NVIDIA H100',
    'NVIDIA H100 NVL',
    'NVIDIA H100 80GB HBM2e',
    'NVIDIA H100 96GB HBM3',
    'NVIDIA H100 80GB HBM3 MIG 1g.10gb',
    'NVIDIA H100 PCIe SXM5',
    'NVIDIA H200 NVL',
    'NVIDIA GH200 480GB',
    'NVIDIA GB200',
    'NVIDIA B300 SXM6 AC',
    'NVIDIA A100',
    'NVIDIA A100 80GB PCIe',
    'NVIDIA A100-PCIE-40GB',
    'NVIDIA A100-SXM-64GB',
    'NVIDIA A100-SXM4-40GB 80GB',
    'NVIDIA A100X',
    'NVIDIA L40',
    'NVIDIA GeForce RTX 4090 D',
    'NVIDIA GeForce RTX 4090 Laptop GPU',
    'NVIDIA GeForce RTX 3090 Ti',
    'NVIDIA GeForce RTX 5090',
    'NVIDIA RTX 4000 Ada Generation',
    'NVIDIA RTX PRO 6000 Blackwell Server Edition',
    'AMD Instinct MI300X',
    'NVIDIA',
    'RTX',
    'constructor',
    '',
    ' ',
  ])('%s', (name) => {
    expect(nvidiaGpu(name)).toBeUndefined();
  });
});

test('a card is told with its bus and memory, as far as the name goes', () => {
  expect(readNvidiaName('NVIDIA A100-PCIE-40GB')).toEqual({ model: 'a100', bus: 'pcie', memory: 40 });
  expect(readNvidiaName('NVIDIA H100 80GB HBM3')).toEqual({ model: 'h100', bus: 'sxm', memory: 80 });
  expect(readNvidiaName('NVIDIA H100 NVL')).toEqual({ model: 'h100', bus: 'nvl', memory: 94 });
  expect(readNvidiaName('NVIDIA H100')).toEqual({ model: 'h100', bus: null, memory: null });
  expect(readNvidiaName('NVIDIA B200')).toEqual({ model: 'b200', bus: null, memory: null });
  for (const name of ['NVIDIA GeForce RTX 4090 D', 'NVIDIA', 'RTX', 'GeForce RTX'])
    expect(readNvidiaName(name)).toBeUndefined();
});

test('any text is survived', () => {
  expect(nvidiaGpu(`NVIDIA H100 ${'80GB '.repeat(500_000)}`)).toBeUndefined();
  fc.assert(
    fc.property(fc.string(), (name) => {
      const gpu = nvidiaGpu(name);
      if (gpu !== undefined) expect(GPU_IDS).toContain(gpu);
    }),
  );
});
