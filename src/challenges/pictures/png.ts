// Grey pixels as a PNG (ISO/IEC 15948) of its three necessary chunks: there is no room in it for anything but the picture.
import { crc32, deflateSync } from 'node:zlib';
import type { Sheet } from './sheet.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Twenty rows back is far enough to look for what repeats, and spares a quarter of a megabyte for every picture. */
const DEFLATE = { windowBits: 12, memLevel: 5 };

/** Eight bits of grey a pixel, no interlacing. */
export function pngOf({ width, height, pixels }: Sheet): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, DEFLATE)), chunk('IEND')]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const framed = Buffer.alloc(data.length + 12);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, 'latin1');
  data.copy(framed, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, data.length + 8)), data.length + 8);
  return framed;
}
