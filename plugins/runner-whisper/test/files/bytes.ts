// Little-endian bytes, appended one after the other.

export class Bytes {
  readonly #parts: Uint8Array[] = [];

  #number(size: number, write: (view: DataView) => void): this {
    const part = new Uint8Array(size);
    write(new DataView(part.buffer));
    return this.raw(part);
  }

  uint8 = (value: number): this => this.#number(1, (view) => view.setUint8(0, value));
  uint16 = (value: number): this => this.#number(2, (view) => view.setUint16(0, value, true));
  uint32 = (value: number): this => this.#number(4, (view) => view.setUint32(0, value, true));
  uint64 = (value: number): this => this.#number(8, (view) => view.setBigUint64(0, BigInt(value), true));
  float32 = (value: number): this => this.#number(4, (view) => view.setFloat32(0, value, true));
  text = (value: string): this => this.raw(new TextEncoder().encode(value));

  raw(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    return this;
  }

  take(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts));
  }
}
