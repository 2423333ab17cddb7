import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conformance } from '@voiceinput/testkit';
import type { Check } from '@voiceinput/testkit';
import { commanded, good, inputs, sinkWithOutput } from './good.ts';
import type { BadPlugin } from './good.ts';

async function failuresOf(checks: readonly Check[]): Promise<string[]> {
  const failures: string[] = [];
  for (const { name, run } of checks) {
    await run().catch(() => failures.push(name));
  }
  return failures;
}

describe('a plugin that keeps its promises passes', () => {
  const sink = sinkWithOutput();
  const suites: Record<string, Check[]> = {
    source: conformance(good.source, inputs.source),
    'source in real time': conformance(good.source, {
      config: { score: [{ sound: 'noise', ms: 600 }], realtime: true },
    }),
    vad: conformance(good.vad, inputs.vad),
    runner: conformance(good.runner, inputs.runner),
    judge: conformance(good.judge, inputs.judge),
    postprocessor: conformance(good.postprocessor, inputs.postprocessor),
    'postprocessor with a command': conformance(commanded.plugin, commanded.inputs),
    sink: conformance(sink.plugin, { ...inputs.sink, output: sink.output }),
  };
  for (const [kind, checks] of Object.entries(suites)) {
    describe(kind, () => {
      for (const { name, run } of checks) test(name, run);
    });
  }
});

describe('a plugin that breaks one promise fails just that check', async () => {
  const folder = new URL('bad-plugins/', import.meta.url);
  const files = await Promise.all(
    readdirSync(folder).map(async (file) => {
      const { default: plugin }: { default: BadPlugin } = await import(new URL(file, folder).href);
      return { file, plugin };
    }),
  );

  test.each(files)('$file', async ({ plugin }) => {
    expect(plugin.checks.map((check) => check.name)).toContain(plugin.fails);
    expect(await failuresOf(plugin.checks)).toEqual([plugin.fails]);
  });

  test('every check is broken by some plugin', () => {
    const broken = new Set(files.map(({ plugin }) => plugin.fails));
    const sink = sinkWithOutput();
    const all = [
      ...conformance(good.source, inputs.source),
      ...conformance(good.vad, inputs.vad),
      ...conformance(good.runner, inputs.runner),
      ...conformance(good.judge, inputs.judge),
      ...conformance(commanded.plugin, commanded.inputs),
      ...conformance(sink.plugin, { output: sink.output }),
    ];
    expect(all.map((check) => check.name).filter((name) => !broken.has(name))).toEqual([]);
  });
});
