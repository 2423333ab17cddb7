// A scripted runner that hears clips while they are spoken, for a process of its own.

import { scriptedRunner } from './scripted-runner.ts';

export default scriptedRunner({ id: 'runner-streaming', capabilities: { streaming: true } });
