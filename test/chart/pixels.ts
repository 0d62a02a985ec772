/** Reads the pixels of a PNG of eight bits a channel with alpha, as the painter writes it. */
import { inflateSync } from 'node:zlib';

const SIGNATURE = '89504e470d0a1a0a';
const CHANNELS = 4;

type Pixels = { readonly width: number; readonly height: number; readonly count: (color: string) => number };

export function pixelsOf(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png);
  if (bytes.subarray(0, 8).toString('hex') !== SIGNATURE) throw new Error('no PNG');
  const chunks = chunksOf(bytes);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  const [width, height, depth, kind] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9]];
  if (depth !== 8 || kind !== 6) throw new Error(`a PNG of depth ${depth} and colour type ${kind}`);
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)));
  const pixels = unfilter(data, width * CHANNELS, height);
  const count = (color: string) => {
    const wanted = Number.parseInt(`${color.slice(1)}FF`, 16);
    let found = 0;
    for (let at = 0; at < pixels.length; at += CHANNELS) if (pixels.readUInt32BE(at) === wanted) found += 1;
    return found;
  };
  return { width, height, count };
}

function chunksOf(bytes: Buffer): readonly { readonly type: string; readonly data: Buffer }[] {
  const chunks = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const start = at + 8;
    chunks.push({
      type: bytes.toString('latin1', at + 4, start),
      data: bytes.subarray(start, start + bytes.readUInt32BE(at)),
    });
  }
  return chunks;
}

/** Each row begins with the number of the filter that its bytes went through (PNG specification, section 9). */
function unfilter(data: Buffer, stride: number, height: number): Buffer {
  const out = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = data[row * (stride + 1)];
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column < CHANNELS ? 0 : (out[at - CHANNELS] as number);
      const up = row === 0 ? 0 : (out[at - stride] as number);
      const corner = column < CHANNELS || row === 0 ? 0 : (out[at - stride - CHANNELS] as number);
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] as number;
      out[at] = (data[row * (stride + 1) + 1 + column] as number) + predicted;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [number, number, number];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
