// What is remembered of texts that could not be put into their place.

/** A text that waits for the user to take it. */
export interface Offer {
  readonly sessionId: string;
  readonly segmentId: string;
  /** The segment's whole text, without the separator before it. */
  readonly text: string;
  readonly reason: string;
}

const MOST_OFFERS = 50;

/** The latest offers, oldest first; a segment has one at most. */
export class Offers {
  #offers: readonly Offer[] = [];

  get all(): readonly Offer[] {
    return this.#offers;
  }

  add(offer: Offer): void {
    this.#offers = [...this.#without(offer), offer].slice(-MOST_OFFERS);
  }

  remove(segment: Pick<Offer, 'sessionId' | 'segmentId'>): void {
    this.#offers = this.#without(segment);
  }

  #without({ sessionId, segmentId }: Pick<Offer, 'sessionId' | 'segmentId'>): readonly Offer[] {
    return this.#offers.filter((offer) => offer.sessionId !== sessionId || offer.segmentId !== segmentId);
  }
}
