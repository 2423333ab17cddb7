// How a suite opens the plugin under test and puts it away again.

import type { PartOf, Plugin, PluginContext, PluginKind } from '@voiceinput/plugin-api';
import { fakeContext } from '../fakes/context.ts';
import { soon } from './check.ts';
import type { InputsOf } from './inputs.ts';
import { checkedOptions } from './options.ts';

const PATIENCE_MS = 10_000;

/** A plugin under test. */
export class Subject<K extends PluginKind> {
  readonly plugin: Plugin<K>;
  readonly inputs: InputsOf[K];
  readonly patienceMs: number;

  constructor(plugin: Plugin<K>, inputs: InputsOf[K]) {
    this.plugin = plugin;
    this.inputs = inputs;
    this.patienceMs = inputs.patienceMs ?? PATIENCE_MS;
  }

  create(signal: AbortSignal): Promise<PartOf[K]> {
    const context: PluginContext = this.inputs.context ?? fakeContext({ pluginId: this.plugin.id });
    const config = checkedOptions(this.plugin.config, this.inputs.config);
    return this.soon(this.plugin.create(config as never, context, signal), 'create()');
  }

  /** Opens a part, works with it, and closes it in any case. */
  async work(use: (part: PartOf[K], signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = new AbortController();
    const part = await this.create(signal);
    try {
      await use(part, signal);
    } finally {
      await this.soon(part.close(), 'close()');
    }
  }

  soon<T>(promise: Promise<T>, what: string): Promise<T> {
    return soon(promise, this.patienceMs, what);
  }
}

/** What a kind adds to the checks that all plugins have. */
export interface Suite<K extends PluginKind> {
  checks(subject: Subject<K>): { name: string; run: () => Promise<void> }[];
  /** The least that a part of this kind is for. */
  use(part: PartOf[K], signal: AbortSignal, subject: Subject<K>): Promise<void>;
}
