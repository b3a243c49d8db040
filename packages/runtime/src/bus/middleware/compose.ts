import type { Handler, Middleware } from '../port.ts'

/** Puts layers around a handler; the first one given is the outermost. */
export const compose = (layers: readonly Middleware[], handler: Handler): Handler =>
  layers.reduceRight((inner, layer) => layer(inner), handler)
