// Operator by operator: what is known about results when something is known about inputs.
// Operators: https://onnx.ai/onnx/operators; one without a rule here gives results of which nothing is known.

import type { Node } from '../graph/model.ts';
import { attributeOf, intOf } from '../graph/wiring.ts';
import { elementType } from '../graph/schema.ts';
import { constant, FEW, isWhole, type Known } from './known.ts';
import { broadcast, minus, plus, type Size } from './symbols.ts';

type Rule = (node: Node, inputs: Known[]) => Known[];

const { float, int32, int64, bool, uint8 } = elementType;

export const rules: Record<string, Rule> = {
  Constant: (node) => {
    const tensor = attributeOf(node, 'value')?.t;
    return tensor ? [constant(tensor)] : [];
  },
  Identity: (_, [x = {}]) => [x],
  Shape: (node, [x]) =>
    attributeOf(node, 'start') || attributeOf(node, 'end')
      ? [{ type: int64 }]
      : [{ type: int64, dims: [x?.dims?.length], elements: x?.dims }],
  Gather: (node, [data, index]) => {
    const axis = intOf(node, 'axis', 0);
    const { dims } = data ?? {};
    const at = dims && (axis < 0 ? axis + dims.length : axis);
    const position = index?.dims?.length === 0 ? index.elements?.[0] : undefined;
    return [
      {
        type: data?.type,
        dims: dims && index?.dims && [...dims.slice(0, at), ...index.dims, ...dims.slice((at ?? 0) + 1)],
        elements:
          dims?.length === 1 && typeof position === 'number' && data?.elements
            ? [data.elements.at(position)]
            : undefined,
      },
    ];
  },
  Unsqueeze: (node, [x, axes]) => {
    const places = axesOf(node, axes);
    if (!places || !x?.dims) return [{ type: x?.type, elements: x?.elements }];
    const rank = x.dims.length + places.length;
    const ones = new Set(places.map((axis) => (axis < 0 ? axis + rank : axis)));
    const rest = [...x.dims];
    const dims = Array.from({ length: rank }, (_, axis) => (ones.has(axis) ? 1 : rest.shift()));
    return [{ type: x.type, dims, elements: x.elements }];
  },
  Squeeze: (node, [x, axes]) => {
    const places = axesOf(node, axes);
    if (!places || !x?.dims) return [{ type: x?.type, elements: x?.elements }];
    const gone = new Set(places.map((axis) => (axis < 0 ? axis + x.dims!.length : axis)));
    return [{ type: x.type, dims: x.dims.filter((_, axis) => !gone.has(axis)), elements: x.elements }];
  },
  Concat: (node, parts) => {
    const first = parts[0]?.dims;
    const given = intOf(node, 'axis', 0);
    const axis = first && given < 0 ? given + first.length : given;
    const along = parts.reduce<Size>((sum, { dims }) => plus(sum, dims?.[axis]), 0);
    return [
      {
        type: parts[0]?.type,
        dims: first?.map((dim, place) =>
          place === axis
            ? along
            : firstKnown(
                parts.map(({ dims }) => dims?.[place]),
                dim,
              ),
        ),
        elements:
          first?.length === 1 && parts.every(({ elements }) => elements)
            ? parts.flatMap(({ elements = [] }) => elements)
            : undefined,
      },
    ];
  },
  Slice: (_, [x, starts, ends, axes, steps]) => {
    if (!x?.dims || !starts?.elements || !ends?.elements)
      return [{ type: x?.type, dims: x?.dims?.map(() => undefined) }];
    const dims = [...x.dims];
    let elements = x.dims.length === 1 ? x.elements : undefined;
    starts.elements.forEach((start, index) => {
      const axis = axes ? axes.elements?.[index] : index;
      const place = typeof axis === 'number' ? (axis < 0 ? axis + dims.length : axis) : undefined;
      if (place === undefined) {
        dims.fill(undefined);
        elements = undefined;
        return;
      }
      const step = steps ? steps.elements?.[index] : 1;
      const end = ends.elements?.[index];
      dims[place] = sliced(dims[place], start, end, step);
      elements =
        typeof start === 'number' && typeof end === 'number' && step === 1 ? elements?.slice(start, end) : undefined;
    });
    return [{ type: x.type, dims, elements }];
  },
  Cast: (node, [x]) => {
    const type = intOf(node, 'to', 0);
    return [{ type, dims: x?.dims, elements: x?.elements?.map((value) => cast(value, type)) }];
  },
  Reshape: (node, [x, shape]) => {
    const dims = shape?.elements && reshaped(x?.dims, shape.elements, intOf(node, 'allowzero', 0) === 1);
    return [{ type: x?.type, dims: dims ?? unknownDims(shape), elements: x?.elements }];
  },
  Transpose: (node, [x]) => {
    const order = attributeOf(node, 'perm')?.ints;
    return [{ type: x?.type, dims: x?.dims && (order ? order.map((axis) => x.dims?.[axis]) : x.dims.toReversed()) }];
  },
  Expand: (_, [x, shape]) => {
    const to = shape?.elements;
    return [{ type: x?.type, dims: x?.dims && to ? broadcastDims(x.dims, to) : unknownDims(shape) }];
  },
  ConstantOfShape: (node, [shape]) => {
    const value = attributeOf(node, 'value')?.t;
    const filling = value ? constant(value) : { type: float, elements: [0] };
    const count = shape?.elements?.reduce<number>((product, dim) => product * (typeof dim === 'number' ? dim : NaN), 1);
    const few = count !== undefined && count <= FEW;
    return [
      {
        type: filling.type,
        dims: shape?.elements ?? unknownDims(shape),
        elements: few ? Array.from({ length: count }, () => filling.elements?.[0]) : undefined,
      },
    ];
  },
  Range: (_, [start, limit, delta]) => {
    const length = delta?.elements?.[0] === 1 ? minus(limit?.elements?.[0], start?.elements?.[0]) : undefined;
    return [{ type: start?.type, dims: [length] }];
  },
  Where: (_, [condition, a, b]) => {
    const dims = a?.dims && b?.dims && condition?.dims && broadcastDims(condition.dims, broadcastDims(a.dims, b.dims));
    const elements = condition?.elements?.map((choice, index) =>
      choice === undefined ? undefined : (choice ? a : b)?.elements?.[index],
    );
    return [{ type: a?.type, dims, elements: a?.elements && b?.elements ? elements : undefined }];
  },
  MatMul: (_, [a, b]) => [{ type: a?.type, dims: product(a?.dims, b?.dims) }],
  MatMulInteger: (_, [a, b]) => [{ type: int32, dims: product(a?.dims, b?.dims) }],
  DynamicQuantizeLinear: (_, [x]) => [
    { type: uint8, dims: x?.dims },
    { type: float, dims: [] },
    { type: uint8, dims: [] },
  ],
  DequantizeLinear: (_, [x]) => [{ type: float, dims: x?.dims }],
  Conv: (_, [x, weights]) => [
    {
      type: x?.type,
      dims: x?.dims?.map((dim, axis) => (axis === 0 ? dim : axis === 1 ? weights?.dims?.[0] : undefined)),
    },
  ],
  LayerNormalization: (_, [x]) => [{ type: x?.type, dims: x?.dims }],
  ReduceMean: (node, [x, places]) => {
    const axes = axesOf(node, places);
    if (!axes || !x?.dims || intOf(node, 'keepdims', 1) !== 1) return [{ type: x?.type }];
    const gone = new Set(axes.map((axis) => (axis < 0 ? axis + x.dims!.length : axis)));
    return [{ type: x.type, dims: x.dims.map((dim, axis) => (gone.has(axis) ? 1 : dim)) }];
  },
  Add: binary(plus),
  Sub: binary((a, b) => minus(a, b)),
  Mul: binary((a, b) => (a === 1 ? b : b === 1 ? a : onNumbers(a, b, (x, y) => x * y))),
  Div: binary((a, b, whole) => (b === 1 ? a : onNumbers(a, b, (x, y) => (whole ? Math.trunc(x / y) : x / y)))),
  Pow: binary((a, b) => onNumbers(a, b, (x, y) => x ** y)),
  Equal: binary(equal, bool),
  Greater: binary((a, b) => onNumbers(a, b, (x, y) => Number(x > y)), bool),
  Less: binary((a, b) => onNumbers(a, b, (x, y) => Number(x < y)), bool),
  Sqrt: unary((x) => Math.sqrt(x)),
  Neg: unary((x) => -x),
  ...Object.fromEntries(
    ['Sigmoid', 'Tanh', 'Erf', 'Cos', 'Sin', 'Exp', 'Relu', 'Softmax', 'Trilu', 'InstanceNormalization'].map((name) => [
      name,
      unary(),
    ]),
  ),
};

function unary(compute?: (x: number) => number): Rule {
  return (_, [x]) => [
    {
      type: x?.type,
      dims: x?.dims,
      elements: compute && x?.elements?.map((value) => (typeof value === 'number' ? compute(value) : undefined)),
    },
  ];
}

function binary(compute: (a: Size, b: Size, whole: boolean) => Size, type?: number): Rule {
  return (_, [a, b]) => {
    const [x, y] = [a?.elements, b?.elements];
    const count = Math.max(x?.length ?? 0, y?.length ?? 0);
    const fits = x && y && [1, count].includes(x.length) && [1, count].includes(y.length);
    const at = (list: readonly Size[], index: number): Size => list[list.length === 1 ? 0 : index];
    return [
      {
        type: type ?? a?.type,
        dims: a?.dims && b?.dims && broadcastDims(a.dims, b.dims),
        elements: fits
          ? Array.from({ length: count }, (__, index) => compute(at(x, index), at(y, index), isWhole(a?.type)))
          : undefined,
      },
    ];
  };
}

function onNumbers(a: Size, b: Size, compute: (x: number, y: number) => number): Size {
  return typeof a === 'number' && typeof b === 'number' ? compute(a, b) : undefined;
}

/** A size that goes by a name is never negative. */
function equal(a: Size, b: Size): Size {
  if (typeof a === 'number' && typeof b === 'number') return Number(a === b);
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return 1;
  return (typeof a === 'number' && a < 0) || (typeof b === 'number' && b < 0) ? 0 : undefined;
}

function cast(value: Size, type: number): Size {
  if (typeof value !== 'number') return isWhole(type) || type === float ? value : undefined;
  if (type === bool) return Number(value !== 0);
  return isWhole(type) ? Math.trunc(value) : type === float ? Math.fround(value) : undefined;
}

const firstKnown = (sizes: Size[], otherwise: Size): Size =>
  sizes.find((size) => typeof size === 'number') ?? otherwise;

const unknownDims = (shape: Known | undefined): Size[] | undefined =>
  typeof shape?.dims?.[0] === 'number' ? Array.from({ length: shape.dims[0] }, () => undefined) : undefined;

function axesOf(node: Node, input: Known | undefined): number[] | undefined {
  const axes = attributeOf(node, 'axes')?.ints ?? input?.elements;
  return axes?.every((axis) => typeof axis === 'number') ? [...axes] : undefined;
}

function broadcastDims(a: readonly Size[], b: readonly Size[]): Size[] {
  const rank = Math.max(a.length, b.length);
  const at = (dims: readonly Size[], axis: number): Size =>
    axis < rank - dims.length ? 1 : dims[axis - rank + dims.length];
  return Array.from({ length: rank }, (_, axis) => broadcast(at(a, axis), at(b, axis)));
}

function product(a: readonly Size[] | undefined, b: readonly Size[] | undefined): Size[] | undefined {
  if (!a || !b || a.length < 2 || b.length < 2) return undefined;
  return [...broadcastDims(a.slice(0, -2), b.slice(0, -2)), a.at(-2), b.at(-1)];
}

function sliced(dim: Size, start: Size, end: Size, step: Size): Size {
  if (typeof start !== 'number' || typeof end !== 'number' || typeof step !== 'number' || step < 1) return undefined;
  if (start === 0 && end >= 2 ** 31 - 1 && step === 1) return dim;
  if (typeof dim !== 'number') return undefined;
  const place = (edge: number): number => Math.min(Math.max(edge < 0 ? edge + dim : edge, 0), dim);
  return Math.max(0, Math.ceil((place(end) - place(start)) / step));
}

function reshaped(from: readonly Size[] | undefined, to: readonly Size[], zeroMeansZero: boolean): Size[] {
  const dims = to.map((size, axis) => (size === 0 && !zeroMeansZero ? from?.[axis] : size));
  const free = dims.indexOf(-1);
  if (free >= 0)
    dims[free] =
      from &&
      rest(
        from,
        dims.filter((_, axis) => axis !== free),
      );
  return dims;
}

/** What remains of the element count `from` after division by `by`, where that is one size. */
function rest(from: readonly Size[], by: readonly Size[]): Size {
  const names: Size[] = from.filter((size) => typeof size !== 'number');
  for (const size of by.filter((dim) => typeof dim !== 'number')) {
    const index = size === undefined ? -1 : names.indexOf(size);
    if (index < 0) return undefined;
    names.splice(index, 1);
  }
  const count = numbersOf(from) / numbersOf(by);
  if (names.length === 0) return Number.isInteger(count) ? count : undefined;
  return names.length === 1 && count === 1 ? names[0] : undefined;
}

const numbersOf = (sizes: readonly Size[]): number =>
  sizes.reduce<number>((all, size) => (typeof size === 'number' ? all * size : all), 1);
