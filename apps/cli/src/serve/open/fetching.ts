// Everybody hears how far the fetching of a model is, and that it is over, well or not, whoever wanted it.

import type { Models, ModelStoreOptions } from '@voiceinput/models';
import type { Broadcast } from '../answer/broadcast.ts';

type OnProgress = NonNullable<ModelStoreOptions['onProgress']>;

/** The models that `open` gives, which tell of every fetching that goes on long enough to be told of. */
export function announcingModels(open: (onProgress: OnProgress) => Models, broadcast: Pick<Broadcast, 'emit'>): Models {
  const underWay = new Set<string>();
  const models = open(({ modelId: id, doneBytes, totalBytes }) => {
    underWay.add(id);
    broadcast.emit({ type: 'model', id, doneBytes, totalBytes });
  });

  async function told<T>(id: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      if (underWay.delete(id)) broadcast.emit({ type: 'model-ended', id });
    }
  }

  return {
    ...models,
    locate: (id, signal) => told(id, models.locate(id, signal)),
    pull: (id, options, signal) => told(id, models.pull(id, options, signal)),
  };
}
