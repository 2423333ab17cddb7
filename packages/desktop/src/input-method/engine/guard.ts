// What gives the user's engine back when this process is gone: a shell that outlives it.

import { ENGINE } from './ibus.ts';

/**
 * Waits until its standard input ends; then the engine that was named last is the user's again, unless there is another
 * one by then. That is needed whenever this process ends: ibus 1.5.27 then has no global engine any more, also where it
 * was not ours. When ibus comes to see the end is not told, so what stands at first may yet be dropped.
 */
export const GUARD = `
name=
while IFS= read -r line; do name=$line; done
[ -n "$name" ] || exit 0
for pause in 0.1 0.1 0.1 0.2 0.2 0.3 0.5 1 1 2; do
  now=$(ibus engine 2>/dev/null)
  case $now in
    ''|'No engine'*) ibus engine "$name" 2>/dev/null ;;
    # Not gone yet, or of the next process already.
    ${ENGINE}) ;;
    "$name") ;;
    # The user chose another one.
    *) exit 0 ;;
  esac
  sleep "$pause"
done`;
