// What sinks can use to keep apart, in somebody else's field, what is theirs and what is the user's.

export { fieldSink } from './field-sink.ts';
export type { FieldSink, Put, Wish } from './field-sink.ts';
export { Ledger } from './ledger.ts';
export type { Told } from './ledger.ts';
export { Line } from './line.ts';
export type { Meaning } from './line.ts';
export type { Offer } from './offers.ts';
export { middleChange, rewriting } from './pieces.ts';
export type { Piece, Rewrite } from './pieces.ts';
export { caretAfter, place } from './place.ts';
export { plan } from './plan.ts';
export type { Burst, Planned } from './plan.ts';
export { rebased } from './rebase.ts';
export { refound } from './refind.ts';
export { endOf, isSame } from './span.ts';
export type { Span } from './span.ts';
export { codePoints, graphemes, utf16 } from './unit.ts';
export type { Unit } from './unit.ts';
export { written } from './write.ts';
export type { Step } from './write.ts';
