// What the child process of the standard input tests does: it listens to its own input and reports.

import sourceFile from '@voiceinput/source-file';

const signal = new AbortController().signal;
const source = await sourceFile.create({ path: '-', raw: process.argv[2] === 'raw' }, { log: () => undefined }, signal);
const report = { samples: 0, sum: 0, last: 0, rssEarlyBytes: 0, rssMostBytes: 0, error: undefined };
try {
  for await (const { samples } of source.frames(signal)) {
    if (report.samples === 0 && process.argv[2] === 'live') process.stdout.write('heard\n');
    report.samples += samples.length;
    for (const sample of samples) report.sum += Math.abs(sample);
    report.last = samples.at(-1);
    if (report.samples < 2 * 60 * 16_000) report.rssEarlyBytes = process.memoryUsage().rss;
    if (report.samples % (10 * 16_000) < samples.length) {
      report.rssMostBytes = Math.max(report.rssMostBytes, process.memoryUsage().rss);
    }
  }
} catch (error) {
  report.error = { code: error.code, message: error.message };
}
await source.close();
process.stdout.write(JSON.stringify(report));
