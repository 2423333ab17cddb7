// Which checks a plugin has to pass: those of every plugin, and those of its kind and capabilities.

import type { Plugin, PluginKind } from '@voiceinput/plugin-api';
import type { Check } from './check.ts';
import { commandChecks } from './commands.ts';
import type { InputsOf } from './inputs.ts';
import { judgeSuite } from './judge.ts';
import { lifecycleChecks } from './lifecycle.ts';
import { manifestChecks } from './manifest.ts';
import { postprocessorSuite } from './postprocessor.ts';
import { runnerSuite } from './runner.ts';
import { sinkSuite } from './sink.ts';
import { sourceSuite } from './source.ts';
import { Subject } from './subject.ts';
import type { Suite } from './subject.ts';
import { vadSuite } from './vad.ts';

type Suites = { readonly [K in PluginKind]: Suite<K> };
const suites: Suites = {
  source: sourceSuite,
  vad: vadSuite,
  runner: runnerSuite,
  judge: judgeSuite,
  postprocessor: postprocessorSuite,
  sink: sinkSuite,
};

/**
 * All that a plugin of this kind with these capabilities promises, as checks for any test runner:
 * `for (const { name, run } of conformance(plugin, inputs)) test(name, run)`.
 */
export function conformance<K extends PluginKind>(plugin: Plugin<K>, inputs: InputsOf[K]): Check[] {
  const subject = new Subject(plugin, inputs);
  const suite = suites[plugin.kind];
  return [
    ...manifestChecks(subject),
    ...lifecycleChecks(subject, suite),
    ...commandChecks(subject),
    ...suite.checks(subject),
  ];
}
