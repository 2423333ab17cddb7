// How a test run ends: what was skipped and why, the slowest files, which tests passed only when run again, and a last line
// `N passed, N failed` that counts every way to fail. In CI a test that was skipped because something is not installed, or
// without a reason, has failed.

import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** As packages/rig/src/unless.ts puts the reason into the name. */
const BECAUSE = ' — ';
const SLOWEST_FILES = 10;

export default class ClosingLines implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = tests.filter((test) => test.result().state === 'skipped');
    const refused = process.env['CI'] === undefined ? [] : skipped.filter((test) => isMissing(reasonOf(test)));
    const failed = tests.filter((test) => test.result().state === 'failed').length + refused.length;
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandledErrors.length;
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const left = skipped.length - refused.length;

    const lines = [
      ...slowestOf(modules),
      ...reasonsOf(skipped),
      ...tests.flatMap(firstFailureOf),
      ...refused.map((test) => `Skipped in CI, which counts as failed: ${test.fullName}`),
      `${passed} passed, ${failed + broken} failed${left > 0 ? `, ${left} skipped` : ''}`,
    ];
    if (refused.length > 0) process.exitCode = 1;
    // After the default reporter's own summary.
    process.once('exit', () => process.stdout.write(`${lines.join('\n')}\n`));
  }
}

function slowestOf(modules: readonly TestModule[]): string[] {
  const files = modules
    .map((module) => ({ path: relative(process.cwd(), module.moduleId), seconds: secondsOf(module) }))
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST_FILES);
  if (modules.length <= SLOWEST_FILES) return [];
  return ['The slowest files:', ...files.map(({ path, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${path}`)];
}

function secondsOf(module: TestModule): number {
  const { duration, collectDuration, setupDuration, prepareDuration } = module.diagnostic();
  return (duration + collectDuration + setupDuration + prepareDuration) / 1_000;
}

/** Each reason once, with the number of tests. */
function reasonsOf(skipped: readonly TestCase[]): string[] {
  const counts = new Map<string, number>();
  for (const test of skipped) counts.set(reasonOf(test), (counts.get(reasonOf(test)) ?? 0) + 1);
  if (counts.size === 0) return [];
  return ['Skipped:', ...[...counts].map(([reason, count]) => `${String(count).padStart(9)}  ${reason}`)];
}

/** What was given to `skip`, or stands in the name of the test or of a group around it. */
function reasonOf(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  const inName = test.fullName.split(' > ').find((name) => name.includes(BECAUSE));
  return note ?? inName?.slice(inName.indexOf(BECAUSE) + BECAUSE.length) ?? `without a reason: ${test.fullName}`;
}

/** Why a test that passed had to be run again. */
function firstFailureOf(test: TestCase): string[] {
  if (test.diagnostic()?.flaky !== true) return [];
  const [error] = test.result().errors ?? [];
  const place = relative(process.cwd(), test.module.moduleId);
  return [
    `Passed only when run again: ${place} > ${test.fullName}`,
    ...(error === undefined ? [] : [`  ${error.message}`]),
  ];
}

function isMissing(reason: string): boolean {
  return reason.startsWith('Install ') || reason.startsWith('without a reason');
}
