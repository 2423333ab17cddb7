// What can be measured and with which options.

import { Command, InvalidArgumentError, Option } from 'commander';
import { Misuse } from './show/misuse.ts';

const program = new Command('bench').description('Measures VoiceInput. bench/README.md says how to reproduce results.');

program
  .command('accuracy')
  .description('word error rate of draft and refined text on real speech, empty commands, text invented on noise')
  .option('--language <code>', 'the language of the speech; commands are English', 'en')
  .option('--limit <count>', 'at most so many clips of each set', count)
  .option('--worst <count>', 'show so many clips with the most errors', count, 0)
  .option('--profile <name>', 'measure this profile')
  .option('--config <file>', 'measure with this configuration file')
  .option('--faster-whisper <python>', 'also read the clips with the faster-whisper of this Python')
  .option('--faster-whisper-model <folder>', 'its model: a CTranslate2 folder')
  .option('--whisper-cpp <program>', 'also read the clips with this whisper-cli')
  .option('--whisper-cpp-model <file>', 'its model: a ggml file')
  .option('--json <file>', 'write the results there instead of into bench/results/')
  .action(async (options) => (await import('./accuracy/accuracy.ts')).measureAccuracy(options));

program
  .command('latency')
  .description('how long the user waits after release; with the embedded model beside peers on the same graph files')
  .option('--language <code>', 'the language of the speech', 'en')
  .option('--clips <count>', 'how many clips', count, 40)
  .option('--rounds <count>', 'how often each is read', count, 3)
  .option('--shortest <seconds>', 'no clip shorter than this', count, 3)
  .option('--longest <seconds>', 'no clip longer than this', count, 15)
  .option('--no-realtime', 'leave out the readings at the speed of speech, which take most of the time')
  .option('--profile <name>', 'measure this profile')
  .option('--config <file>', 'measure with this configuration file')
  .option('--json <file>', 'write the results there instead of into bench/results/')
  .action(async (options) => (await import('./latency/latency.ts')).measureLatency(options));

program
  .command('lanes')
  .description('the fast lane beside a running refine; the wait after short and long dictations')
  .option('--clips <count>', 'how many clips the lanes read', count, 20)
  .option('--rounds <count>', 'how often each is measured', count, 3)
  .option('--endings <count>', 'how many dictations of each length', count, 4)
  .option('--long [count]', 'also 600 s, once after each of so many endings (1): ten minutes each', count)
  .option('--profile <name>', 'measure this profile')
  .option('--config <file>', 'measure with this configuration file')
  .option('--json <file>', 'write the results there instead of into bench/results/')
  .action(async (options) => (await import('./lanes/lanes.ts')).measureLanes(options));

program
  .command('resources')
  .description('memory of each process after a clip of 15 s, processor time while recording')
  .option('--seconds <count>', 'the length of the recording', count, 60)
  .option('--rounds <count>', 'how often each is measured', count, 3)
  .option('--profile <name>', 'measure this profile')
  .option('--config <file>', 'measure with this configuration file')
  .option('--json <file>', 'write the results there instead of into bench/results/')
  .action(async (options) => (await import('./resources/resources.ts')).measureResources(options));

program
  .command('whisper')
  .description('a Whisper: import, opening, and the time of each clip, beside faster-whisper on the same weights')
  .requiredOption('--weights <folder>', 'a CTranslate2 folder')
  .option('--faster-whisper <python>', 'clip by clip, also read with the faster-whisper of this Python')
  .option('--language <code>', 'the language of the speech', 'ru')
  .option('--clips <count>', 'how many clips', count, 12)
  .option('--shortest <seconds>', 'no clip shorter than this', count, 1)
  .option('--longest <seconds>', 'no clip longer than this', count, 15)
  .option('--threads <count>', 'threads of both (default: the cores)', count)
  .option('--json <file>', 'write the results there instead of into bench/results/')
  .action(async (options) => (await import('./whisper/whisper.ts')).measureWhisper(options));

program
  .command('whisper-words')
  .description('a Whisper, clip by clip: wrong words in 8 bits, in float and with several texts followed')
  .requiredOption('--weights <path>', 'weights in any form that can be imported')
  .option('--language <code>', 'the language of the speech', 'ru')
  .option('--among <codes>', 'also choose the language among these, separated by commas')
  .option('--beams <count>', 'how many texts the refined reading follows', count, 4)
  .option('--no-float', 'leave out the reading in float, which takes the most time')
  .option('--no-refined', 'leave out the refined reading')
  .option('--limit <count>', 'at most so many clips, at even distances', count)
  .option('--threads <count>', 'threads (default: the cores)', count)
  .option('--json <file>', 'write the results there instead of into bench/results/')
  .action(async (options) => (await import('./whisper/words.ts')).measureWords(options));

program
  .command('whisper-shape')
  .description('a Whisper that cannot be had, as random weights of its shape: import, and the way along known texts')
  .requiredOption('--weights <path>', 'weights of a smaller one, which gives the texts')
  .addOption(new Option('--size <name>', 'the shape').choices(['small', 'medium', 'large-v3-turbo']).default('small'))
  .option('--language <code>', 'the language of the speech', 'ru')
  .option('--clips <count>', 'how many clips', count, 20)
  .option('--longest <seconds>', 'no clip longer than this', count, 15)
  .option('--beams <count>', 'how many texts are followed at once where they are', count, 4)
  .option('--threads <count>', 'threads (default: the cores)', count)
  .option('--keep <folder>', 'only write the random weights there, a folder that can be imported')
  .option('--json <file>', 'write the results there instead of into bench/results/')
  .action(async (options) => (await import('./whisper/shape.ts')).measureShape(options));

program
  .command('throughput')
  .description('a long recording: seconds of audio per second, and whether memory stays flat')
  .option('--minutes <count>', 'its length', count, 60)
  .option('--json <file>', 'write the results there instead of into bench/results/')
  .action(async (options) => (await import('./throughput/throughput.ts')).measureThroughput(options));

program
  .command('startup')
  .description('from the command to the first text, and the steps of getting ready')
  .option('--rounds <count>', 'how often each is measured', count, 5)
  .option('--profile <name>', 'measure this profile')
  .option('--config <file>', 'measure with this configuration file')
  .option('--json <file>', 'write the results there instead of into bench/results/')
  .action(async (options) => (await import('./startup/startup.ts')).measureStartup(options));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Misuse)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

function count(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number above 0.');
}
