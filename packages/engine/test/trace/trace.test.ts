import { expect, test, vi } from 'vitest';
import type { EngineEvent } from '@voiceinput/plugin-api';
import { createTrace } from '../../src/trace/trace.ts';

const log = (message: string) => ({ type: 'log', from: 'test', message }) as const;
const said = {
  type: 'text',
  sessionId: 'a',
  segmentId: 'segment-1',
  stage: 'draft',
  startSample: 0,
  endSample: 16_000,
  text: 'Hello.',
} as const;

test('numbers events from 1, without gaps, whoever listens', () => {
  const trace = createTrace();
  expect(trace.emit(log('one')).seq).toBe(1);
  const heard: number[] = [];
  const stop = trace.watch(({ seq }) => heard.push(seq));
  trace.emit(log('two'));
  stop();
  stop();
  trace.emit(log('three'));
  expect(heard).toEqual([2]);
});

test('gives dictated words only to those who asked for them', () => {
  const trace = createTrace();
  const [all, silent]: EngineEvent[][] = [[], []];
  trace.watch((event) => all!.push(event), { text: true });
  trace.watch((event) => silent!.push(event));
  trace.emit(said);
  expect(all).toMatchObject([{ text: 'Hello.' }]);
  expect(JSON.stringify(silent)).not.toContain('Hello');
});

test('a listener that throws, or leaves meanwhile, costs the others nothing', () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const trace = createTrace();
  const heard: string[] = [];
  const stop = trace.watch(() => stop());
  trace.watch(() => {
    throw new Error('a mistake');
  });
  trace.watch(({ type }) => heard.push(type));
  trace.emit(log('one'));
  trace.emit(log('two'));
  expect(heard).toEqual(['log', 'log']);
  expect(warned).toHaveBeenCalledTimes(2);
  warned.mockRestore();
});
