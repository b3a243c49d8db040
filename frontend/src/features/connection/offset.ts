/** The clock's offset in words, from milliseconds; a positive one means that the server is ahead. */
export const offsetWords = (offsetMs: number): string => {
  const size = Math.abs(Math.round(offsetMs))
  if (size < 1) return 'none'
  const amount = size < 1_000 ? `${size} ms` : `${(size / 1_000).toFixed(1)} s`
  return `server ${amount} ${offsetMs > 0 ? 'ahead' : 'behind'}`
}
