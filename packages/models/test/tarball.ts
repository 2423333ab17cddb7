// How the tests make tarballs, also such as no packer would make.

import { gzipSync } from 'node:zlib';

export interface TarEntry {
  readonly path: string;
  readonly content?: Buffer;
  /** `0` file, `1` hard link, `2` symbolic link, `5` folder. */
  readonly type?: '0' | '1' | '2' | '5';
  readonly link?: string;
}

/** A gzipped tarball in ustar form, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html. */
export function makeTarball(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap((entry) => [headerOf(entry), padded(entry.content ?? Buffer.alloc(0))]);
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function headerOf({ path, content, type = '0', link = '' }: TarEntry): Buffer {
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${(content?.length ?? 0).toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(link, 157, 100);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

const padded = (content: Buffer): Buffer => Buffer.concat([content, Buffer.alloc(-content.length & 511)]);
