// Moves scales from what a product reads into its matrix, so that no channel is so loud that rounding drowns the others.

import type { Linear, Norm } from '../graphs/linear.ts';
import type { EncoderLayer } from '../weights/load.ts';

/** What each channel is divided by, and its column of the matrix multiplied with. */
export type ChannelScales = Float32Array;

/** For the three products of a layer whose input can be scaled for nothing. */
export interface LayerScales {
  readonly queryKeyValue: ChannelScales;
  readonly attentionOutput: ChannelScales;
  readonly first: ChannelScales;
}

const QUIETEST = 1e-5;
const LEAST_SCALE = 1e-4;
const MOST_SCALE = 1e4;

/**
 * √(loudest activation ÷ largest weight) of each channel: SmoothQuant (https://arxiv.org/abs/2211.10438) with α = 0.5.
 * `loudest` has the largest absolute value of each input channel.
 */
export function channelScales(loudest: Float32Array, linears: readonly Linear[]): ChannelScales {
  return loudest.map((value, channel) => {
    let largest = QUIETEST;
    for (const { weight, inputs } of linears) {
      for (let place = channel; place < weight.length; place += inputs)
        largest = Math.max(largest, Math.abs(weight[place]!));
    }
    return Math.min(MOST_SCALE, Math.max(LEAST_SCALE, Math.sqrt(Math.max(QUIETEST, value) / largest)));
  });
}

/** A norm whose result is divided by the scales. */
export function scaleNorm({ gamma, beta }: Norm, scales: ChannelScales): Norm {
  return {
    gamma: gamma.map((value, channel) => value / scales[channel]!),
    beta: beta.map((value, channel) => value / scales[channel]!),
  };
}

/** A product that gives the same for an input divided by the scales. */
export function scaleInputs(linear: Linear, scales: ChannelScales): Linear {
  return { ...linear, weight: linear.weight.map((value, place) => value * scales[place % linear.inputs]!) };
}

/** The same layer with other rounding: in exact numbers nothing changes. */
export function moveScales(layer: EncoderLayer, scales: LayerScales): EncoderLayer {
  return {
    ...layer,
    attentionNorm: scaleNorm(layer.attentionNorm, scales.queryKeyValue),
    queryKeyValue: divideValues(scaleInputs(layer.queryKeyValue, scales.queryKeyValue), scales.attentionOutput),
    attentionOutput: scaleInputs(layer.attentionOutput, scales.attentionOutput),
    feedForwardNorm: scaleNorm(layer.feedForwardNorm, scales.first),
    first: scaleInputs(layer.first, scales.first),
  };
}

/** Attention only mixes values, channel by channel: what its output is to be divided by can be divided before. */
function divideValues(linear: Linear, scales: ChannelScales): Linear {
  const firstRow = linear.outputs - scales.length;
  const divisor = (row: number): number => (row < firstRow ? 1 : scales[row - firstRow]!);
  return {
    ...linear,
    weight: linear.weight.map((value, place) => value / divisor(Math.floor(place / linear.inputs))),
    ...(linear.bias && { bias: linear.bias.map((value, row) => value / divisor(row)) }),
  };
}
