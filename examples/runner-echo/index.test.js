// Shows that the plugin keeps the promises of a runner.

import { test } from 'node:test';
import { conformance, speechLike } from '@voiceinput/testkit';
import plugin from './index.js';

for (const { name, run } of conformance(plugin, { speech: speechLike(1000) })) test(name, run);
