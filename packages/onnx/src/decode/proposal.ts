// Which tokens to propose next, and where a proposal goes on after the model disagreed.

/** A disagreement shifts the rest by a few tokens at most; farther matches are chance. */
const BACK = 2;
const AHEAD = 8;
/** Checking a wrong token costs about a tenth of a step: after a disagreement try a few, then twice as many. */
const FIRST_TRY = 4;

/** A walk along a proposal. Hands out stretches to check and is told what the model said. */
export class ProposalWalk {
  readonly #tokens: readonly number[];
  #at = 0;
  #stretch = Infinity;

  constructor(tokens: readonly number[]) {
    this.#tokens = tokens;
  }

  /** The next tokens to check, at most `most`. */
  next(most: number): readonly number[] {
    return this.#tokens.slice(this.#at, this.#at + Math.max(0, Math.min(this.#stretch, most)));
  }

  /** The model agreed with the first `agreed` of the tokens handed out, and then said `said`. */
  told({ handedOut, agreed, said }: { handedOut: number; agreed: number; said: number }): void {
    this.#at += agreed;
    if (agreed === handedOut) {
      this.#stretch *= 2;
      if (this.#tokens[this.#at] === said) this.#at++;
      else if (handedOut > 0) this.#realign(said);
      else this.#search(said);
      return;
    }
    this.#stretch = FIRST_TRY;
    this.#realign(said);
  }

  /** Goes on behind `said` where it occurs near; else takes it for a replacement of one token. */
  #realign(said: number): void {
    if (!this.#search(said)) this.#at = Math.min(this.#at + 1, this.#tokens.length);
  }

  #search(said: number): boolean {
    for (let distance = 0; distance <= AHEAD; distance++) {
      for (const place of [this.#at + distance, ...(distance > 0 && distance <= BACK ? [this.#at - distance] : [])]) {
        if (this.#tokens[place] !== said) continue;
        this.#at = place + 1;
        return true;
      }
    }
    return false;
  }
}
