// How a transcription is told while it goes on: server-sent events, beginning with the first that there is to tell.

export interface EventStream {
  /** Settles with the answer when the first event is there. */
  readonly begun: Promise<Response>;
  readonly hasBegun: boolean;
  send(event: object): void;
  end(): void;
}

export function createEventStream(): EventStream {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let hasBegun = false;
  let begin = (_response: Response): void => undefined;
  const begun = new Promise<Response>((resolve) => (begin = resolve));
  const body = new ReadableStream<Uint8Array>({
    start: (opened) => void (controller = opened),
    // Whoever hung up is told nothing more.
    cancel: () => (controller = undefined),
  });

  return {
    begun,
    get hasBegun() {
      return hasBegun;
    },
    send(event) {
      controller?.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
      if (!hasBegun) begin(new Response(body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } }));
      hasBegun = true;
    },
    end() {
      controller?.close();
      controller = undefined;
    },
  };
}
