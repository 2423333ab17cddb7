// How rotary position embedding runs: as one operator instead of thirteen.

import type { Graph, Node } from '../graph/model.ts';
import {
  attributeOf,
  freshName,
  initializersOf,
  intAttribute,
  intOf,
  producersOf,
  prune,
  readersOf,
} from '../graph/wiring.ts';
import { int64Tensor, valuesOf } from '../graph/tensor.ts';
import { infer } from './infer.ts';
import type { Known } from './known.ts';

/** ONNX Runtime's own operators: https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md */
export const RUNTIME_DOMAIN = 'com.microsoft';

/** `x·cos θ + turn(x)·sin θ`, where `turn` swaps neighbours and negates every first of them. */
interface Rotation {
  /** `[batch, heads, tokens, size]`, whole: the part that is not rotated included. */
  readonly input: string;
  readonly heads: number;
  readonly rotated: number;
  readonly size: number;
  readonly angles: string;
  /** The node whose result is the whole result. */
  readonly last: Node;
}

/** Replaces rotations of neighbouring pairs by RotaryEmbedding. Gives the number replaced. */
export function fuseRotations(graph: Graph): number {
  const view = new View(graph);
  const found = new Map(
    graph.node.flatMap((node) => rotationEndingIn(node, view) ?? []).map((rotation) => [rotation.last, rotation]),
  );
  const tables = new Map<string, Tables>();
  graph.node = graph.node.flatMap((node) => {
    const rotation = found.get(node);
    if (!rotation) return [node];
    const known = tables.get(rotation.angles);
    const table = known ?? tablesOf(graph, rotation);
    tables.set(rotation.angles, table);
    return [...(known ? [] : table.nodes), fused(rotation, table)];
  });
  prune(graph);
  return found.size;
}

function fused({ input, last, heads, rotated, size }: Rotation, { position, cos, sin }: Tables): Node {
  return {
    opType: 'RotaryEmbedding',
    domain: RUNTIME_DOMAIN,
    input: [input, position, cos, sin],
    output: last.output,
    attribute: [
      intAttribute('interleaved', 1),
      ...(rotated < size ? [intAttribute('num_heads', heads), intAttribute('rotary_embedding_dim', rotated)] : []),
    ],
  };
}

interface Tables {
  readonly nodes: Node[];
  readonly position: string;
  readonly cos: string;
  readonly sin: string;
}

/** The operator wants one angle a pair; the graph has each twice. The tables begin at the first token read. */
function tablesOf(graph: Graph, { angles, rotated }: Rotation): Tables {
  const constant = (wish: string, dims: number[], values: number[]): string => {
    const name = freshName(graph, `${angles}_${wish}`);
    graph.initializer.push(int64Tensor(name, dims, values));
    return name;
  };
  const [position, start, end, axis, step] = [
    constant('position', [1], [0]),
    constant('start', [1], [0]),
    constant('end', [1], [rotated]),
    constant('axis', [1], [-1]),
    constant('step', [1], [2]),
  ];
  const shape = constant('table', [2], [-1, rotated / 2]);
  const name = (part: string): string => freshName(graph, `${angles}_${part}`);
  const [pairs, flat, cos, sin] = [name('pairs'), name('flat'), name('cos'), name('sin')];
  const operator = (opType: string, input: string[], output: string): Node => ({
    opType,
    input,
    output: [output],
    attribute: [],
  });
  const nodes = [
    operator('Slice', [angles, start, end, axis, step], pairs),
    operator('Reshape', [pairs, shape], flat),
    operator('Cos', [flat], cos),
    operator('Sin', [flat], sin),
  ];
  return { nodes, position, cos, sin };
}

function rotationEndingIn(node: Node, view: View): Rotation | undefined {
  if (node.opType !== 'Add') return undefined;
  for (const [first, second] of [node.input, node.input.toReversed()]) {
    const plain = view.factors(first);
    const turned = view.factors(second);
    for (const [x = '', cos = ''] of plain) {
      for (const [turn = '', sin = ''] of turned) {
        const angles = view.angles(cos, 'Cos');
        if (angles === undefined || angles !== view.angles(sin, 'Sin') || !view.isTurned(turn, x)) continue;
        return view.whole(node, x, angles);
      }
    }
  }
  return undefined;
}

/** Looks backwards through a graph. */
class View {
  readonly #producers: Map<string, Node>;
  readonly #readers: Map<string, Node[]>;
  readonly #constants: ReturnType<typeof initializersOf>;
  readonly #known: Map<string, Known>;

  constructor(graph: Graph) {
    this.#producers = producersOf(graph);
    this.#readers = readersOf(graph);
    this.#constants = initializersOf([graph]);
    this.#known = infer(graph);
  }

  /** The factors of a product, in both orders. */
  factors(name: string | undefined): string[][] {
    const node = this.#by(name, 'Mul');
    return node ? [node.input, node.input.toReversed()] : [];
  }

  /** θ of a value that is cos θ or sin θ, one for all batches and heads. */
  angles(name: string, opType: 'Cos' | 'Sin'): string | undefined {
    const perHead = this.#by(name, 'Unsqueeze');
    if (!perHead || this.#numbers(perHead.input[1])?.join() !== '1') return undefined;
    const angles = this.#by(perHead.input[0], opType)?.input[0];
    return angles !== undefined && this.#known.get(angles)?.dims?.[0] === 1 ? angles : undefined;
  }

  /** Whether `name` is x with neighbours swapped and every first negated. */
  isTurned(name: string, x: string): boolean {
    const pairs = this.#by(this.#by(name, 'Reshape')?.input[0], 'Concat');
    if (pairs?.input.length !== 2 || intOf(pairs, 'axis', 0) !== -1) return false;
    const [first, second] = pairs.input.map((input) => this.#by(input, 'Unsqueeze')?.input[0]);
    return this.#isEverySecond(this.#by(first, 'Neg')?.input[0], x, 1) && this.#isEverySecond(second, x, 0);
  }

  /** Whether the sum is all of the result, or is joined by the rest of the same input. */
  whole(sum: Node, x: string, angles: string): Rotation | undefined {
    const alone = this.#sizes(x);
    const joined = this.#readers.get(sum.output[0] ?? '')?.find(({ opType }) => opType === 'Concat');
    const cut = this.#by(x, 'Slice');
    if (joined && cut && this.#readers.get(sum.output[0] ?? '')?.length === 1) {
      const rest = this.#by(joined.input[1], 'Slice');
      const whole = this.#sizes(cut.input[0]);
      if (!rest || !whole || !alone || joined.input.length !== 2 || rest.input[0] !== cut.input[0]) return undefined;
      const [from, to] = [this.#cut(cut), this.#cut(rest)];
      const fits = from?.start === 0 && from.end === alone.size && to?.start === alone.size && to.end >= whole.size;
      return fits ? { ...whole, input: cut.input[0] ?? '', rotated: alone.size, angles, last: joined } : undefined;
    }
    return alone && { ...alone, input: x, rotated: alone.size, angles, last: sum };
  }

  #isEverySecond(name: string | undefined, x: string, start: number): boolean {
    const slice = this.#by(name, 'Slice');
    const cut = slice && this.#cut(slice);
    return slice?.input[0] === x && cut?.start === start && cut.step === 2 && cut.end >= 2 ** 31 - 1;
  }

  /** A cut along the last of four axes. */
  #cut(slice: Node): { start: number; end: number; step: number } | undefined {
    const [start, end, axis, step = [1]] = slice.input.slice(1).map((name) => this.#numbers(name));
    if (start?.length !== 1 || end?.length !== 1 || (axis?.join() !== '3' && axis?.join() !== '-1')) return undefined;
    return { start: start[0]!, end: end[0]!, step: step[0] ?? 1 };
  }

  #sizes(name: string | undefined): { heads: number; size: number } | undefined {
    const dims = this.#known.get(name ?? '')?.dims;
    const [, heads, , size] = dims ?? [];
    return dims?.length === 4 && typeof heads === 'number' && typeof size === 'number' ? { heads, size } : undefined;
  }

  #by(name: string | undefined, opType: string): Node | undefined {
    const node = this.#producers.get(name ?? '');
    return node?.opType === opType && !attributeOf(node, 'axes') ? node : undefined;
  }

  #numbers(name: string | undefined): number[] | undefined {
    const constant = this.#constants.get(name ?? '');
    return constant && valuesOf(constant);
  }
}
