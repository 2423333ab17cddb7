// Files that stay open with the weights read from them, and close when reading them fails.

import type { BinaryFile } from './binary-file.ts';
import type { Weights } from './weights.ts';

/** `open` puts every file that it opens into `files`. */
export async function closing(open: (files: BinaryFile[]) => Promise<Omit<Weights, 'close'>>): Promise<Weights> {
  const files: BinaryFile[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(files.map((file) => file.close()));
  };
  try {
    return { ...(await open(files)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
