// A graph that grows node by node, with its constants in the graph or in a data file beside it.

import { attributeType, elementType, type Attribute, type Graph, type Node, type Tensor } from '@voiceinput/onnx/graph';

export const MICROSOFT = 'com.microsoft';
const OPSET = 17;
const IR_VERSION = 9;

/** Where the bytes of large constants go. Absent: into the graph. */
export interface ConstantFile {
  readonly fileName: string;
  /** Appends bytes; gives where they begin. */
  append(bytes: Uint8Array): Promise<number>;
}

/** Small constants are kept in the graph: ONNX Runtime has to see shapes. */
const LEAST_BYTES_OUTSIDE = 4096;

export type Size = number | string;

interface NodeOptions {
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[] | string>>;
  /** Names of the outputs, where they matter. */
  readonly outputs?: readonly string[];
}

/** Names of values are given by the writer, except for inputs and outputs of the graph. */
export class GraphWriter {
  readonly #graph: Graph = { name: 'whisper', node: [], initializer: [], input: [], output: [], valueInfo: [] };
  readonly #file: ConstantFile | undefined;
  readonly #shared = new Map<string, string>();
  readonly #made = new WeakMap<object, Promise<string>>();
  #count = 0;

  constructor(file?: ConstantFile) {
    this.#file = file;
  }

  #fresh(prefix: string): string {
    this.#count += 1;
    return `${prefix}_${this.#count}`;
  }

  input(name: string, type: keyof typeof elementType, shape: readonly Size[]): string {
    this.#graph.input.push(valueInfo(name, type, shape));
    return name;
  }

  output(name: string, type: keyof typeof elementType, shape: readonly Size[]): void {
    this.#graph.output.push(valueInfo(name, type, shape));
  }

  /** Adds a node and gives the name of its first output. */
  node(opType: string, input: readonly string[], options: NodeOptions = {}): string {
    return this.nodes(opType, input, options)[0]!;
  }

  /** Adds a node with the named outputs, or with `count` unnamed ones. */
  nodes(
    opType: string,
    input: readonly string[],
    { domain, attributes = {}, outputs }: NodeOptions,
    count = 1,
  ): string[] {
    const output = outputs ? [...outputs] : Array.from({ length: count }, () => this.#fresh(opType));
    const node: Node = { opType, input: [...input], output, attribute: Object.entries(attributes).map(attribute) };
    this.#graph.node.push(domain === undefined ? node : { ...node, domain });
    return output;
  }

  int64(values: readonly number[], dims = [values.length]): string {
    const key = `int64 ${dims.join()} ${values.join()}`;
    const bytes = (): Uint8Array => new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return this.#sharedConstant(key, { dims, dataType: elementType.int64 }, bytes);
  }

  float(value: number): string {
    const bytes = (): Uint8Array => new Uint8Array(Float32Array.of(value).buffer);
    return this.#sharedConstant(`float ${value}`, { dims: [], dataType: elementType.float }, bytes);
  }

  #sharedConstant(key: string, tensor: Pick<Tensor, 'dims' | 'dataType'>, bytes: () => Uint8Array): string {
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const name = this.#fresh('constant');
    this.#shared.set(key, name);
    this.#graph.initializer.push({ ...tensor, dims: [...tensor.dims], name, rawData: bytes() });
    return name;
  }

  /** What `make` gave for the same key before, or else gives now: a constant that several nodes use. */
  once(key: object, make: () => Promise<string>): Promise<string> {
    const name = this.#made.get(key) ?? make();
    this.#made.set(key, name);
    return name;
  }

  floats(values: Float32Array, dims: readonly number[]): Promise<string> {
    return this.constant(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), { dims, type: 'float' });
  }

  /** A constant of raw little-endian bytes, which are written at once where there is a data file. */
  async constant(
    bytes: Uint8Array,
    { dims, type }: { dims: readonly number[]; type: keyof typeof elementType },
  ): Promise<string> {
    const tensor = { name: this.#fresh('weights'), dims: [...dims], dataType: elementType[type] };
    if (!this.#file || bytes.byteLength < LEAST_BYTES_OUTSIDE) {
      this.#graph.initializer.push({ ...tensor, rawData: bytes });
      return tensor.name;
    }
    const offset = await this.#file.append(bytes);
    const externalData = [
      { key: 'location', value: this.#file.fileName },
      { key: 'offset', value: String(offset) },
      { key: 'length', value: String(bytes.byteLength) },
    ];
    this.#graph.initializer.push({ ...tensor, dataLocation: 1, externalData });
    return tensor.name;
  }

  finish(): {
    irVersion: number;
    opsetImport: { domain: string; version: number }[];
    graph: Graph;
    functions: never[];
  } {
    const opsetImport = [
      { domain: '', version: OPSET },
      { domain: MICROSOFT, version: 1 },
    ];
    return { irVersion: IR_VERSION, opsetImport, graph: this.#graph, functions: [] };
  }
}

function attribute([name, value]: [string, number | readonly number[] | string]): Attribute {
  if (typeof value === 'string') return { name, type: attributeType.string, s: new TextEncoder().encode(value) };
  if (typeof value !== 'number') return { name, type: attributeType.ints, ints: [...value] };
  if (FLOAT_ATTRIBUTES.has(name)) return { name, type: attributeType.float, f: value };
  return { name, type: attributeType.int, i: value };
}

const FLOAT_ATTRIBUTES = new Set(['epsilon', 'scale']);

function valueInfo(name: string, type: keyof typeof elementType, shape: readonly Size[]): Graph['input'][number] {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: elementType[type], shape: { dim } } } };
}
