// What the engine process and the process that started it tell each other.

/** How text that stands already is changed in a client. */
export type MendingWay =
  /** The client tells its text, and deletes before the caret. */
  | 'surrounding'
  /** The client tells nothing of its text: what goes is selected by keys, compared with what it then says is selected, and replaced. */
  | 'selected';

/** Who has the keyboard, as ibus tells. */
export interface InputClient {
  /** Whether it says that it tells the text around the caret; it does so after its next change. */
  readonly canTell: boolean;
  /** Whether the field is for passwords or PINs. */
  readonly isSecret: boolean;
}

/** What goes before the caret and what comes instead. */
export interface CaretChange {
  /** The version for which it was planned. */
  readonly version: number;
  /** Nothing of ours stands before the caret: what is known of the text begins here. */
  readonly begins: boolean;
  readonly remove: string;
  readonly insert: string;
  readonly way: MendingWay;
}

export type Changed =
  /** `verified`: the client told a text that ends as it should. */
  | { readonly kind: 'done'; readonly proof: 'verified' | 'unverified' }
  /** The user typed meanwhile, as was told before: to be planned anew. */
  | { readonly kind: 'stale' }
  /** Nothing was done. */
  | { readonly kind: 'not-done'; readonly reason: string }
  /** It was sent, and the client does not tell the text that should stand there now. */
  | { readonly kind: 'unproven' };

export type EngineRequest =
  /** `asksText`: whether the client is asked for the text around the caret. */
  | { readonly kind: 'take'; readonly asksText: boolean }
  | { readonly kind: 'stay' }
  | { readonly kind: 'give' }
  | { readonly kind: 'surroundings' }
  | ({ readonly kind: 'change' } & CaretChange);

/** What happened to the text before the caret, in order; each raises the version. */
export type CaretAct =
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'erased' }
  /** The change that was asked for last was sent. */
  | { readonly kind: 'changed' }
  /** What stands before the caret is not known any more. */
  | { readonly kind: 'cut'; readonly reason: string };

/** A question of the engine's: what the client says is selected. */
export interface SelectionQuestion {
  /** What should be. Whatever else is selected has stayed so for a moment when it is told. */
  readonly wanted: string;
  /** Whether what should be selected may be so only in passing. */
  readonly isPassing: boolean;
}

export type ToEngine =
  | ({ readonly ask: number } & EngineRequest)
  /** Absent: nothing. */
  | { readonly kind: 'selected'; readonly question: number; readonly text?: string };

export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'beat'; readonly isTaken: boolean }
  | { readonly kind: 'act'; readonly version: number; readonly act: CaretAct }
  | ({ readonly kind: 'selected?'; readonly question: number } & SelectionQuestion)
  | { readonly kind: 'answer'; readonly ask: number; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly ask: number; readonly message: string };

/** What the engine knows of the client that has the keyboard. */
export interface ClientText {
  /** What stands before the caret; paragraphs before it may be missing. Absent: the client tells nothing. */
  readonly text?: string;
  readonly version: number;
}
