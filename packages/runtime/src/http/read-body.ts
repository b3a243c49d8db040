/** The whole body as bytes; `undefined` (and the transfer cancelled) as soon as it is longer than `maxBytes`. */
export const readBody = async (
  response: Response,
  maxBytes: number,
): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  // Counted after decompression: a small transfer can be a large body.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    // Leaving the loop cancels the stream.
    if (bytes > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
