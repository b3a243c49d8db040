const units: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
}

/** A Kubernetes quantity as a number: bytes, or cores. Throws RangeError for what is none. */
export const quantity = (written: string): number => {
  const [, digits, unit = ''] = /^([\d.]+)([a-zA-Z]*)$/.exec(written) ?? []
  const factor = units[unit]
  if (digits === undefined || factor === undefined) {
    throw new RangeError(`${JSON.stringify(written)} is no quantity`)
  }
  return Number(digits) * factor
}
