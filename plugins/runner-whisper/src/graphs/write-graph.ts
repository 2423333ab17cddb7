// Writes one graph into a folder: NAME.onnx, and its constants in NAME.data as they come.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeModel } from '@voiceinput/onnx/graph';
import { createDataFile } from './data-file.ts';
import { GraphWriter } from './graph-writer.ts';

export type BuildGraph = (writer: GraphWriter) => Promise<unknown>;

/** Gives the path of the graph. */
export async function writeGraph(folder: string, name: string, build: BuildGraph): Promise<string> {
  const file = await createDataFile(join(folder, `${name}.data`));
  try {
    const writer = new GraphWriter(file);
    await build(writer);
    const path = join(folder, `${name}.onnx`);
    await writeFile(path, writeModel(writer.finish()));
    return path;
  } finally {
    await file.close();
  }
}
