// In which order test files run: the slowest first, so that none of them is alone at the end.

import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Each takes a minute or more on two cores; the end of a run names the ten slowest. */
const SLOWEST = [
  'scripts/test/installed.test.ts',
  'apps/cli/test/daemon/dictations.test.ts',
  'apps/cli/test/daemon/kinds.test.ts',
  'apps/cli/test/daemon/disk.test.ts',
  'plugins/sink-desktop/test/input-method/rounds.test.ts',
  'plugins/sink-paste/test/desk.test.ts',
  'plugins/sink-desktop/test/rounds.test.ts',
  'examples/test/foreign-plugin.test.ts',
  'plugins/runner-moonshine/test/moonshine.test.ts',
];

const gone = SLOWEST.filter((file) => !existsSync(file));
if (gone.length > 0) throw new Error(`scripts/slow-first.ts names files that are gone: ${gone.join(', ')}`);

export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rest = await super.sort(files);
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = SLOWEST.indexOf(relative(this.ctx.config.root, moduleId));
      return rank === -1 ? SLOWEST.length : rank;
    };
    return rest.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
