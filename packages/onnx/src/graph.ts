// What plugins that write graphs of their own can import; apart, because only a preparation needs it.

export { writeModel, type Attribute, type Graph, type Model, type Node, type Tensor } from './graph/model.ts';
export { attributeType, elementType } from './graph/schema.ts';
export { probeClip } from './prepare/probe-clip.ts';
